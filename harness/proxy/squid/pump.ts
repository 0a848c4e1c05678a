import { Writable } from 'node:stream';
import type { MessageSplitter, Piece } from './splitter.ts';

/**
 * Takes the bytes of one direction, cuts them into pieces, and passes those on one at a time.
 * @param pass resolves when a piece is out
 * @param ended called when the direction has ended and its last piece is out
 */
export function pump(splitter: MessageSplitter, pass: (piece: Piece) => Promise<void>, ended: () => void): Writable {
  const passAll = async (pieces: Iterable<Piece>): Promise<void> => {
    for (const piece of pieces) await pass(piece);
  };
  return new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      passAll(splitter.push(chunk)).then(() => done(), done);
    },
    final: (done) => {
      passAll(splitter.end()).then(() => {
        ended();
        done();
      }, done);
    },
  });
}
