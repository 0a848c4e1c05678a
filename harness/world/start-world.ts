import { type Clock, realClock } from '../clock/index.ts';
import { type GenerationChoice, HOST_CHOICE } from '../generations/index.ts';
import { countingSink } from '../ledger/index.ts';
import { createWorld } from './create-world.ts';
import { createRunContext } from './run-context.ts';
import type { WorldSpec } from './spec.ts';
import type { World } from './world.ts';

/** How a world of its own is set up. */
export interface StartWorldOptions {
  /** Real time by default. */
  readonly clock?: Clock;
  /**
   * Who uses the world. `client` (by default): anything that opens its own connections, in this process or in another:
   * the proxy listens on 127.0.0.1, and GitLab's name resolves nowhere but there. `reference`: the reference runner,
   * which connects by `world.host.connect`. `programs`: what `world.host.spawn` starts, in a network namespace where
   * one can be made, so that a way around the proxy leads to the tripwire.
   */
  readonly for?: 'client' | 'reference' | 'programs';
  /**
   * What `programs` need of this machine's files and would not see: a namespace hides the directories for temporary
   * files, /run, credentials in the home directory, and reports (SECURITY.md). Their own files belong in `world.host.dir`.
   */
  readonly visible?: readonly string[];
  /** What the ledger calls the case; `a world of its own` by default. */
  readonly name?: string;
  /** Where the programs of its peers come from; the machine's own by default. */
  readonly generations?: GenerationChoice;
}

/**
 * Builds a world outside of any run, for a test: ledger, secrets, temporary directory and, where it is
 * needed, a certificate authority come with it, and go when it is disposed.
 * @example
 * await using world = await startWorld({ gitlab: { jobs: [{}] }, proxy: { kind: 'basic' } });
 * @throws Error that says what could not be built; what had been built is down again then
 */
export async function startWorld(spec: WorldSpec = {}, options: StartWorldOptions = {}): Promise<World> {
  const { clock = realClock(), for: user = 'client', name = 'a world of its own', visible = [] } = options;
  const { generations = HOST_CHOICE } = options;
  await using undo = new AsyncDisposableStack();
  const place = user === 'client' ? ({ isolation: 'names' } as const) : { visible };
  const run = undo.use(await createRunContext({ ...place, generations }));
  const inProcess = user === 'reference';
  const world = undo.use(await createWorld({ spec, clock, run, inProcess, case: name, sink: countingSink() }));
  const all = undo.move();
  // What the world has is read when it is asked for: one without a proxy throws only then.
  return Object.create(world, { [Symbol.asyncDispose]: { value: () => all.disposeAsync() } }) as World;
}
