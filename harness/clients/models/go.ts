import { decodeUserinfo } from '../../url/index.ts';
import { type Choice, through } from '../choice.ts';
import type { ClientModel, Env } from '../client.ts';
import { chooseGoProxy, type GoChoice, goNoProxy } from '../go/index.ts';
import type { Target } from '../target.ts';

/** Go's own choice, with the credentials as it offers them. @param bypasses whether NO_PROXY names a target */
export function chooseAsGo(env: Env, target: Target, bypasses = goNoProxy): Choice {
  const choice = chooseGoProxy(env, target, bypasses);
  const proxy = proxyOf(choice);
  if (!proxy || choice.via === 'direct') return choice;
  const { userinfo, ...address } = proxy;
  return through({ ...address, ...(userinfo === undefined ? {} : { credentials: decodeUserinfo(userinfo) }) });
}

/** Go speaks SOCKS 5, too (net/http, `Transport.Proxy`). */
function proxyOf(choice: GoChoice) {
  if (choice.via === 'proxy') return choice.proxy;
  if (choice.via !== 'error' || !choice.socks5) return undefined;
  return { ...choice.socks5, scheme: 'socks5' as const };
}

export const go: ClientModel<'go'> = {
  id: 'go',
  title: "Go's net/http",
  program: { name: 'go', version: ['{built}/fetch-go', '--version'] },
  choose: (env, target) => chooseAsGo(env, target),
  asking: { how: 'once', command: ['{built}/fetch-go', '{url}'] },
};
