import { Writable } from 'node:stream';
import { MalformedMessage } from '../grammar/index.ts';
import type { Fragment, MessageSplitter } from './splitter.ts';

/**
 * Takes the bytes of one direction, cuts them into pieces, and passes those on one at a time.
 * @param take.pass resolves when a piece is out
 * @param take.ended called when the direction has ended and its last piece is out
 * @param take.malformed called at what is no HTTP; whatever comes behind it is dropped
 */
export function pump(
  splitter: MessageSplitter,
  take: {
    readonly pass: (piece: Fragment) => Promise<void>;
    readonly ended: () => void;
    readonly malformed: (error: MalformedMessage) => Promise<void>;
  },
): Writable {
  let dropping = false;
  const passAll = async (pieces: Iterable<Fragment>): Promise<void> => {
    if (dropping) return;
    try {
      for (const piece of pieces) await take.pass(piece);
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error;
      dropping = true;
      await take.malformed(error);
    }
  };
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      passAll(splitter.push(chunk)).then(() => done(), done);
    },
    final: (done) => {
      passAll(splitter.end()).then(() => {
        take.ended();
        done();
      }, done);
    },
  });
}
