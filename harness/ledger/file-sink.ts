import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { LedgerEvent } from './event.ts';
import type { LedgerSink } from './ledger.ts';

/** How long lines are collected before they are written, in milliseconds; every write wakes another thread. */
const COLLECT_MS = 50;
/** How many characters are collected at the most. */
const COLLECTED_LENGTH = 256 * 1024;

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
    if (collected !== '' && !failure) stream.write(collected);
    collected = '';
  };
  return {
    nextSeq: () => ++seq,
    write: (event: LedgerEvent) => {
      if (failure) return;
      collected += `${JSON.stringify(event)}\n`;
      if (collected.length >= COLLECTED_LENGTH) flush();
      else timer ??= setTimeout(flush, COLLECT_MS);
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
