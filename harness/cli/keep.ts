import type { Case } from '../conformance/index.ts';
import type { Judged } from '../conformance/judged.ts';
import type { World } from '../world/index.ts';
import type { Terminal } from './exit.ts';
import { untilAborted } from './interruption.ts';
import { print } from './print.ts';

/** Holds the worlds of failed cases until the user has looked at them. */
export interface Keeper extends AsyncDisposable {
  take(each: Case, world: World, judged: Judged): void;
  /** Says how to look, and waits for the signal; returns at once when nothing was kept. */
  untilInterrupted(signal: AbortSignal): Promise<void>;
}

/** @param terminal where it says how to look */
export function keeper(terminal: Terminal): Keeper {
  const kept = new AsyncDisposableStack();
  const notes: string[] = [];
  return {
    take: (each, world) => {
      kept.use(world);
      notes.push(howToLook(each.id, world));
    },
    untilInterrupted: async (signal) => {
      if (notes.length === 0 || signal.aborted) return;
      print(terminal.stderr, `\n${notes.join('\n')}\nPress Ctrl-C when you are done; everything is removed then.\n`);
      await untilAborted(signal);
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function howToLook(id: string, world: World): string {
  const lines = [
    `The world of ${id} is still up:`,
    `  files    ${world.host.dir}`,
    `  GitLab   http://127.0.0.1:${world.gitlab.port} (as the subject knows it: ${world.gitlabUrl})`,
  ];
  if (world.hasProxy)
    lines.push(
      `  proxy    ${world.proxy.product} on port ${world.proxy.port}; its URL with credentials is in the subject's environment`,
    );
  if (world.hasDocker) lines.push(`  Docker   DOCKER_HOST=unix://${world.docker.socketPath} docker ps --all`);
  if (world.host.enter) lines.push(`  a shell where the subject was: ${world.host.enter}`);
  return lines.join('\n');
}
