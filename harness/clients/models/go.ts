import { decodeUserinfo } from '../../url/index.ts';
import { type Choice, through } from '../choice.ts';
import type { ClientModel, Env } from '../client.ts';
import { chooseGoProxy } from '../go/index.ts';
import type { Target } from '../target.ts';

/** Go's own choice, with the credentials as it offers them. */
export function chooseAsGo(env: Env, target: Target): Choice {
  const choice = chooseGoProxy(env, target);
  if (choice.via !== 'proxy') return choice;
  const { userinfo, ...address } = choice.proxy;
  return through({ ...address, ...(userinfo === undefined ? {} : { credentials: decodeUserinfo(userinfo) }) });
}

export const go: ClientModel<'go'> = {
  id: 'go',
  title: "Go's net/http",
  program: { name: 'go', version: ['{built}/fetch-go', '--version'] },
  choose: chooseAsGo,
  asking: { how: 'once', command: ['{built}/fetch-go', '{url}'] },
};
