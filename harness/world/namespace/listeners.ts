import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:dgram';
import { Server } from 'node:net';
import type { BindRequest, HolderMessage, ListenAddress } from './holder.ts';

/** Resolves when the holder program may be asked. @throws Error when it ended or failed before */
export function whenReady(program: ChildProcess): Promise<void> {
  return conversation(program, (message) => 'ready' in message, undefined);
}

/**
 * Has the holder program open listeners, and takes them over.
 * @returns one listening server for each address, in order
 */
export async function requestListeners(program: ChildProcess, listen: readonly ListenAddress[]): Promise<Server[]> {
  const servers: Server[] = [];
  // One after the other: a listener that had to queue behind another could meet a connection while it waits.
  for (const address of listen) {
    await conversation(
      program,
      (message, server) => {
        if (!('listening' in message)) return false;
        if (!(server instanceof Server)) throw new Error('a listener of the namespace did not arrive with its message');
        servers.push(server);
        return true;
      },
      address,
    );
  }
  return servers;
}

/** Has the holder program take datagrams at an address, and takes the socket over. */
export async function requestDatagrams(program: ChildProcess, address: ListenAddress): Promise<Socket> {
  const { promise, resolve } = Promise.withResolvers<Socket>();
  await conversation(
    program,
    (message, socket) => {
      if (!('listening' in message)) return false;
      if (!(socket instanceof Socket)) throw new Error('a socket of the namespace did not arrive with its message');
      resolve(socket);
      return true;
    },
    { ...address, datagrams: true },
  );
  return promise;
}

/** Listens to what the program says until `heard` has heard enough. */
function conversation(
  program: ChildProcess,
  heard: (message: HolderMessage, server: unknown) => boolean,
  request: ListenAddress | BindRequest | undefined,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let complaint = '';
  const onComplaint = (chunk: Buffer): void => {
    complaint = (complaint + chunk.toString()).slice(0, 2000);
  };
  const onMessage = (message: unknown, server: unknown): void => {
    const said = message as HolderMessage;
    try {
      if ('error' in said) throw new Error(said.error);
      if (heard(said, server)) resolve();
    } catch (error) {
      reject(error);
    }
  };
  const onEnd = (code: number | null, signal: string | null): void =>
    reject(new Error(complaint.trim() || `it ended with ${signal ?? `exit code ${code}`}`));
  program.stderr?.on('data', onComplaint);
  program.on('message', onMessage);
  program.on('close', onEnd);
  program.on('error', reject);
  if (request) program.send(request);
  return promise.finally(() => {
    program.stderr?.off('data', onComplaint);
    program.stderr?.resume();
    program.off('message', onMessage);
    program.off('close', onEnd);
    program.off('error', reject);
  });
}
