import { connect } from 'node:net';
import { join } from 'node:path';
import { machineClock } from '../../clock/index.ts';
import type { Engine, RunningContainer } from '../handle.ts';
import type { ImageStore } from '../images/store.ts';
import { configuration, INSIDE, SHARED, type TokenAuth } from './configuration.ts';
import { BLOBS, heldDirectory, heldImage, holdImage } from './content/index.ts';
import type { RegistrySpec } from './spec.ts';

/** How long it may take to come up, in real milliseconds; 500 are usual. */
const UP_LIMIT_MS = 30_000;

/** What a registry needs to start. */
export interface StartOptions {
  /** Runs it. */
  readonly engine: Pick<Engine, 'run'>;
  /** Where what it shall hold comes from; only needed when that is something. */
  readonly store?: ImageStore;
  /** Whose tokens let clients in; not needed where the declaration says `none`. */
  readonly auth?: TokenAuth;
}

interface Options extends StartOptions {
  readonly spec: RegistrySpec;
  readonly dir: string;
}

/** Starts the registry itself, with what it holds from the start, and waits until it listens on its socket. */
export async function startBehind(options: Options): Promise<void> {
  const { spec, engine, dir } = options;
  const auth = spec.auth === 'none' ? undefined : options.auth;
  if (!auth && spec.auth !== 'none') throw new Error('A registry with tokens needs somebody who issues them.');
  const held = await hold(options);
  const container = await engine.run({
    name: 'registry',
    image: 'registry',
    network: 'none',
    volumes: [`${dir}:${INSIDE.shared}`, ...(held === undefined ? [] : [`${held}:${INSIDE.held}:ro`])],
    files: {
      [INSIDE.configuration]: configuration(auth),
      ...(auth ? { [INSIDE.certificate]: auth.certPem } : {}),
    },
  });
  await listening(container, join(dir, SHARED.socket));
}

/** Fills the storage as declared. @returns where the blobs are that it leads to, if there are any */
async function hold({ spec, store, dir }: Options): Promise<string | undefined> {
  const { holds = [] } = spec;
  if (holds.length === 0) return undefined;
  if (!store) throw new Error('A registry that holds images needs the store they come from.');
  for (const { image, ...place } of holds) {
    await holdImage(join(dir, SHARED.storage), place, await heldImage(store, image), join(INSIDE.held, BLOBS));
  }
  return heldDirectory(store);
}

async function listening(container: RunningContainer, socketPath: string): Promise<void> {
  let ended: string | undefined;
  void container.exited.then(({ code }) => {
    ended = `The registry ended with exit code ${code} before it listened; its last words are in the ledger.`;
  });
  const look = async (): Promise<true | undefined> => {
    if (ended !== undefined) throw new Error(ended);
    return answers(socketPath);
  };
  await machineClock.until(UP_LIMIT_MS, 'the registry to listen', look, { everyMs: 10 });
}

function answers(socketPath: string): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(undefined));
  });
}
