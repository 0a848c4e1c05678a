import { existsSync } from 'node:fs';
import { homeDirectory, NO_HOME } from '../../process/home-directory.ts';
import { findStrayContainers, removeStrayContainers } from './container/strays.ts';
import type { UserEngine } from './engine/engine.ts';
import { userEngine } from './engine/user-engine.ts';
import { usualSockets } from './engine/usual-sockets.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** How long an engine may take to answer somebody who asked for none, in real milliseconds. */
const ANSWER_LIMIT_MS = 3000;

/**
 * Says which engine could run everything where this machine itself cannot.
 * @returns a line; undefined when no engine answers that could
 */
export async function engineInReserve(env: Env): Promise<string | undefined> {
  const engine = await answering(env);
  return engine && `proxyproof run --in-docker runs all cases in ${engine.description}`;
}

/**
 * Removes the containers that dead runs left in the user's engine, if there is one.
 * @param dry only finds them
 * @returns a phrase for each
 */
export async function clearEngine(env: Env, dry: boolean): Promise<string[]> {
  const docker = (await answering(env))?.docker;
  if (!docker) return [];
  return dry
    ? (await findStrayContainers(docker)).map(({ name }) => `container ${name}`)
    : removeStrayContainers(docker);
}

async function answering(env: Env): Promise<UserEngine | undefined> {
  const home = homeDirectory() ?? NO_HOME;
  try {
    const signs = [env['DOCKER_HOST'], env['DOCKER_CONTEXT'], ...usualSockets(env, home).filter(existsSync)];
    const configured = existsSync(env['DOCKER_CONFIG'] ?? `${home}/.docker`);
    if (!configured && !signs.some(Boolean)) return undefined;
    return await userEngine(env, home, ANSWER_LIMIT_MS);
  } catch {
    // Nobody asked for it, so nobody needs to know what is wrong with it.
    return undefined;
  }
}
