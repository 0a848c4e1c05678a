import { splitUrl } from '../../url/index.ts';
import { type Choice, failure } from '../choice.ts';
import type { Client, Env } from '../client.ts';
import type { Target } from '../target.ts';
import { chooseAsGo } from './go.ts';

/**
 * The command of Docker 20.10 makes a dialer of ALL_PROXY and gives up when that names no SOCKS proxy, whatever the other
 * variables say. Later ones leave the variable alone, and so does the daemon.
 */
function chooseAsCommand(env: Env, target: Target): Choice {
  const all = env['ALL_PROXY'] || env['all_proxy'];
  if (all && !/^socks5h?$/.test(splitUrl(all).scheme ?? ''))
    return failure(`docker knows no ALL_PROXY but a socks5:// one`);
  return chooseAsGo(env, target);
}

/** The command, where DOCKER_HOST is a tcp:// address. */
export const docker: Client = { id: 'docker', title: 'docker', program: 'docker', choose: chooseAsCommand };

/** The daemon, asked to pull. */
export const dockerd: Client = { id: 'dockerd', title: 'dockerd', program: 'dockerd', choose: chooseAsGo };
