import { splitUrl } from '../../url/index.ts';
import { isPlain } from '../cases/situation.ts';
import { type Choice, failure } from '../choice.ts';
import type { ClientModel, Env } from '../client.ts';
import { goNoProxy, newerGoNoProxy } from '../go/index.ts';
import type { Target } from '../target.ts';
import { chooseAsGo } from './go.ts';

/**
 * The command makes a dialer of ALL_PROXY and gives up when that names no SOCKS proxy, whatever the other variables say.
 * Debian's 20.10.24, 26.1.5 and 28.5.2 do; a command that is built with go-connections 0.5 or later has no such dialer
 * (go-connections, `DialerFromEnvironment`). The daemon leaves the variable alone.
 */
function chooseAsCommand(env: Env, target: Target, bypasses = goNoProxy): Choice {
  const all = env['ALL_PROXY'] || env['all_proxy'];
  if (all && !/^socks5h?$/.test(splitUrl(all).scheme ?? ''))
    return failure(`docker knows no ALL_PROXY but a socks5:// one`);
  return chooseAsGo(env, target, bypasses);
}

/** What Docker is built with has changed: the first version that was measured to be of a newer Go. */
const NEWER_GO = '26.1.5';

const DOCKER = ['docker', '--host', 'tcp://{authority}'];

/** The command, where DOCKER_HOST is a tcp:// address. */
export const docker: ClientModel<'docker'> = {
  id: 'docker',
  title: 'docker',
  program: { name: 'docker', version: ['docker', '--version'] },
  choose: (env, target) => chooseAsCommand(env, target, newerGoNoProxy),
  earlier: [{ before: NEWER_GO, choose: (env, target) => chooseAsCommand(env, target) }],
  asking: {
    how: 'once',
    command: {
      http: [...DOCKER, 'version'],
      // Any certificate does for the authority: nobody gets as far as showing one.
      https: [...DOCKER, '--tlsverify', '--tlscacert={authorities}', 'version'],
    },
  },
};

/** The daemon, asked to pull. An image's name holds neither an IPv6 address nor a trailing dot. */
export const dockerd: ClientModel<'dockerd'> = {
  id: 'dockerd',
  title: 'dockerd',
  program: { name: 'dockerd', version: ['dockerd', '--version'] },
  choose: (env, target) => chooseAsGo(env, target, newerGoNoProxy),
  earlier: [{ before: NEWER_GO, choose: (env, target) => chooseAsGo(env, target) }],
  asking: { how: 'daemon' },
  isAsked: (situation, url) => {
    if (url.includes('[') || url.includes('./')) return false;
    return isPlain(situation) || !/^(conflict|both|all_proxy|\w+, REQUEST_METHOD): /.test(situation.name);
  },
};
