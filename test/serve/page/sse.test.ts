import { describe, expect, it } from 'vitest';
import { StreamParser } from '../../../harness/serve/page/browser/sse.ts';

const STREAM =
  '\ufeffevent: state\ndata: {"now":1}\n\n: a comment keeps the line warm\n\nid: 7\r\nevent: events\r\ndata: [1,\r\ndata: 2]\r\n\r\ndata\n\nid: 8\ndata:no space\ndata:  two\n\nevent: empty\n\n';

const MESSAGES = [
  { event: 'state', data: '{"now":1}' },
  { event: 'events', data: '[1,\n2]', id: '7' },
  { event: 'message', data: '', id: '7' },
  { event: 'message', data: 'no space\n two', id: '8' },
];

describe('a stream of server-sent events', () => {
  it('is taken apart whole', () => {
    expect(new StreamParser().add(STREAM)).toEqual(MESSAGES);
  });

  it.each([1, 2, 3, 5, 7])('is taken apart the same in pieces of %d characters', (length) => {
    const parser = new StreamParser();
    const pieces = STREAM.match(new RegExp(`[\\s\\S]{1,${length}}`, 'g')) ?? [];
    expect(pieces.flatMap((piece) => parser.add(piece))).toEqual(MESSAGES);
  });

  it('says nothing of a message that has no end yet', () => {
    const parser = new StreamParser();
    expect(parser.add('data: half\n')).toEqual([]);
    expect(parser.add('\n')).toEqual([{ event: 'message', data: 'half' }]);
  });
});
