import { chooseEngine } from './choose-engine.ts';
import type { UserEngine } from './engine.ts';
import { usualSockets } from './usual-sockets.ts';

/**
 * Finds the engine of the user and connects to it.
 * @param home the user's own directory
 * @param limitMs how long it may take to answer, in real milliseconds
 * @throws EnvironmentError when there is none that can carry the harness
 */
export async function userEngine(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  limitMs?: number,
): Promise<UserEngine> {
  const named = await chooseEngine(env, home);
  // testcontainers reads docker's configuration as it is loaded, and would break on one that was just refused.
  const { connectEngine } = await import('./connect.ts');
  return connectEngine(named, usualSockets(env, home), limitMs);
}
