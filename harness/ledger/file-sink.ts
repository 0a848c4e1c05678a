import { closeSync, openSync, writeSync } from 'node:fs';
import type { LedgerEntry } from './entry.ts';
import type { LedgerSink } from './sink.ts';

/** How long an event may wait until it is written, in milliseconds: what a killed harness may lose. */
const WAITS_MS = 50;
/** How many events may wait. */
const WAITING_EVENTS = 1024;
/** How much is put together before it is written, in characters. */
const WRITTEN_AT_ONCE = 256 * 1024;

/** What still has events in memory. A harness that ends by itself loses nothing, however many runs it makes at once. */
const unwritten = new Set<() => void>();
process.on('exit', () => {
  for (const flush of unwritten) flush();
});

/** A sink that writes one JSON document a line, in order. */
export interface FileSink extends LedgerSink {
  /** Writes what still waits; everything is in the file when this resolves. @throws the file system's error, such as ENOSPC */
  close(): Promise<void>;
  /** Called once, as soon as writing fails. */
  onFailure(listener: (error: Error) => void): void;
}

/**
 * Events wait for a moment and are redacted and written together. Writing waits for the system: a disk that is slower
 * than the peers makes them slower, and what waits in memory stays bounded.
 * @param file path of the ledger; it is created anew
 */
export function fileSink(file: string): FileSink {
  let seq = 0;
  let fd: number | undefined;
  let failure: Error | undefined;
  let waiting: LedgerEntry[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const listeners: ((error: Error) => void)[] = [];

  const attempt = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      failure ??= error as Error;
      for (const listener of listeners.splice(0)) queueMicrotask(() => listener(error as Error));
    }
  };
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const entries = waiting;
    waiting = [];
    if (fd === undefined || failure) return;
    const to = fd;
    attempt(() => writeTogether(to, entries));
  };
  unwritten.add(flush);
  attempt(() => {
    fd = openSync(file, 'w');
  });
  return {
    nextSeq: () => ++seq,
    write: (entry) => {
      if (failure || closed) return;
      waiting.push(entry);
      if (waiting.length >= WAITING_EVENTS) flush();
      else timer ??= setTimeout(flush, WAITS_MS);
    },
    onFailure: (listener) => {
      const known = failure;
      if (known) queueMicrotask(() => listener(known));
      else listeners.push(listener);
    },
    close: async () => {
      flush();
      closed = true;
      unwritten.delete(flush);
      const open = fd;
      fd = undefined;
      if (open !== undefined) attempt(() => closeSync(open));
      if (failure) throw failure;
    },
  };
}

function writeTogether(fd: number, entries: readonly LedgerEntry[]): void {
  for (let first = 0; first < entries.length; ) {
    let text = '';
    const ends: number[] = [];
    for (let at = first; at < entries.length && text.length < WRITTEN_AT_ONCE; at++) {
      text += `${entries[at]?.lineToWrite()}\n`;
      ends.push(text.length);
    }
    writeAll(fd, Buffer.from(text));
    // The lines that stay in memory are parts of one text: that is one thing for the collector, not hundreds.
    let begin = 0;
    for (const end of ends) {
      entries[first++]?.written(text.slice(begin, end - 1));
      begin = end;
    }
  }
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(fd, bytes, written);
}
