import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { LedgerEvent } from './event.ts';
import type { LedgerSink } from './ledger.ts';

/** Lines are collected for a turn of the event loop, or up to this length, in characters, and written at once. */
const COLLECTED_LENGTH = 64 * 1024;

/** A sink that writes one JSON document a line, in order. */
export interface FileSink extends LedgerSink {
  /** Everything is on disk when this resolves. @throws the file system's error, such as ENOSPC */
  close(): Promise<void>;
  /** Called once, as soon as writing fails. */
  onFailure(listener: (error: Error) => void): void;
}

/** @param file path of the ledger; it is created anew */
export function fileSink(file: string): FileSink {
  let seq = 0;
  let failure: Error | undefined;
  let collected = '';
  let turn: NodeJS.Immediate | undefined;
  const listeners: ((error: Error) => void)[] = [];
  const stream: WriteStream = createWriteStream(file);
  stream.on('error', (error) => {
    failure ??= error;
    for (const listener of listeners.splice(0)) listener(error);
  });
  const flush = (): void => {
    clearImmediate(turn);
    turn = undefined;
    if (collected !== '' && !failure) stream.write(collected);
    collected = '';
  };
  return {
    nextSeq: () => ++seq,
    write: (event: LedgerEvent) => {
      if (failure) return;
      collected += `${JSON.stringify(event)}\n`;
      if (collected.length >= COLLECTED_LENGTH) flush();
      else turn ??= setImmediate(flush);
    },
    onFailure: (listener) => {
      if (failure) listener(failure);
      else listeners.push(listener);
    },
    close: async () => {
      flush();
      if (failure) throw failure;
      stream.end();
      await finished(stream);
    },
  };
}
