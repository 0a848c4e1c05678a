import { describe, expect, it } from 'vitest';
import { answerTo } from '../../harness/world/name-server.ts';
import { lookupOfProxies } from '../../harness/world/names.ts';

const A = 1;
const AAAA = 28;

/** A question as glibc and Go ask it: recursion desired, and an OPT record of EDNS behind it (RFC 6891). */
function question(name: string, type: number): Buffer {
  const labels = name.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]);
  const head = [0x12, 0x34, 0x01, 0x00, 0, 1, 0, 0, 0, 0, 0, 1];
  return Buffer.from([...head, ...labels, 0, 0, type, 0, 1, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0]);
}

function ask(name: string, type = A) {
  const asked: string[] = [];
  const answer = answerTo(question(name, type), (host) => {
    asked.push(host);
    return lookupOfProxies(host);
  });
  return { asked, answer };
}

describe('the server of names', () => {
  it('tells the address of a proxy', () => {
    const { asked, answer } = ask('proxy.test');
    expect(asked).toEqual(['proxy.test']);
    expect(answer?.subarray(0, 12)).toEqual(Buffer.from([0x12, 0x34, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]));
    expect(answer?.subarray(-4)).toEqual(Buffer.from([192, 0, 2, 1]));
  });

  it('knows no other address of it', () => {
    const { answer } = ask('proxy.test', AAAA);
    expect(answer?.readUInt16BE(2)).toBe(0x81_80);
    expect(answer?.readUInt16BE(6)).toBe(0);
  });

  it('knows nobody else', () => {
    const { asked, answer } = ask('gitlab.test');
    expect(asked).toEqual(['gitlab.test']);
    expect(answer?.readUInt16BE(2)).toBe(0x81_83);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['an answer', Buffer.from([0, 1, 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1])],
    ['a name that is cut', question('proxy.test', A).subarray(0, 16)],
    ['a name without an end', Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 63])],
  ])('gives no answer to %s', (_, message) => {
    expect(answerTo(message, () => '192.0.2.1')).toBeUndefined();
  });
});
