import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { LabServer, LiveLab } from '../../serve/index.ts';
import { shellVariables } from '../../serve/index.ts';
import type { Terminal } from '../exit.ts';

/** A shell that reads nothing of its user's, so that nothing of theirs sets a proxy. */
const SHELL = 'exec bash --norc --noprofile || exec sh';

/**
 * Opens a shell in which all is set, in the lab's namespace where it has one, and waits until it ends.
 * @param signal ends it
 */
export async function shellIn(lab: LiveLab, server: LabServer, signal: AbortSignal, terminal: Terminal): Promise<void> {
  const { host } = lab.world;
  const given = host.enter === undefined ? lab.given : lab.givenInside;
  const env = {
    PATH: terminal.env['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    TERM: terminal.env['TERM'] ?? 'dumb',
    LANG: 'C.UTF-8',
    HOME: join(host.dir, 'home'),
    PS1: '(lab) \\w\\$ ',
    PROXYPROOF_LAB: server.secretUrl,
    GITLAB_URL: given.gitlabUrl,
    GITLAB_RUNNER_TOKEN: given.token,
    ...(lab.world.hasDocker ? { DOCKER_HOST: `unix://${lab.world.docker.socketPath}` } : {}),
    ...shellVariables(given),
  };
  const enter = host.enter === undefined ? 'sh' : host.enter;
  const child = spawn('sh', ['-c', `exec ${enter} -c '${SHELL}'`], {
    env,
    cwd: join(host.dir, 'home'),
    stdio: 'inherit',
    signal,
    killSignal: 'SIGHUP',
  });
  child.on('error', () => {});
  await once(child, 'exit');
}
