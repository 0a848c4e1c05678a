import { join } from 'node:path';
import { engineSocket } from '../containers/index.ts';
import { engineDirectory } from './start-engine.ts';

/**
 * Looks, before the first world, whether the engines of a run can have their sockets.
 * @param runDir the run's temporary directory
 * @throws Error when its path is too long
 */
export function checkEngineSocket(runDir: string): void {
  engineSocket(engineDirectory(join(runDir, 'world-9999')));
}
