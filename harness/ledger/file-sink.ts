import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { LedgerEvent } from './event.ts';
import type { LedgerSink } from './ledger.ts';

/** How long lines are collected before they are written, in milliseconds; every write wakes another thread. */
const COLLECT_MS = 50;
/** How much is collected at the most, in bytes. */
const COLLECTED_BYTES = 256 * 1024;
/** UTF-8 takes no more for one unit of a string. */
const MOST_BYTES_A_UNIT = 3;

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
  let collected: Buffer | undefined;
  let bytes = 0;
  let timer: NodeJS.Timeout | undefined;
  const listeners: ((error: Error) => void)[] = [];
  const stream: WriteStream = createWriteStream(file);
  stream.on('error', (error) => {
    failure ??= error;
    for (const listener of listeners.splice(0)) listener(error);
  });
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (collected && bytes > 0 && !failure) stream.write(collected.subarray(0, bytes));
    // The stream keeps what it was given until it is written.
    collected = undefined;
    bytes = 0;
  };
  return {
    nextSeq: () => ++seq,
    write: (event: LedgerEvent) => {
      if (failure) return;
      const line = `${JSON.stringify(event)}\n`;
      const room = line.length * MOST_BYTES_A_UNIT;
      if (bytes + room > COLLECTED_BYTES) flush();
      collected ??= Buffer.allocUnsafeSlow(Math.max(COLLECTED_BYTES, room));
      bytes += collected.write(line, bytes);
      timer ??= setTimeout(flush, COLLECT_MS);
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
