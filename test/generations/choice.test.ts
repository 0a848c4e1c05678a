import { expect, it } from 'vitest';
import { readChoice } from '../../harness/generations/index.ts';

it('takes one generation for every part', () => {
  expect(readChoice('trixie')).toEqual({ docker: 'trixie', images: 'trixie', squid: 'trixie' });
  expect(readChoice('host')).toEqual({ docker: 'host', images: 'host', squid: 'host' });
});

it('takes one by part', () => {
  expect(readChoice('docker=sid')).toEqual({ docker: 'sid', images: 'host', squid: 'host' });
});

it.each([
  ['buster', 'There is no generation buster'],
  ['docker=buster', 'There is no generation buster'],
  ['docker=', 'There is no generation '],
  ['curl=sid', 'There is no part curl'],
  ['docker=sid,trixie', 'There is no generation trixie'],
  ['', 'There is no generation '],
])('refuses %j and says what it takes', (typed, says) => {
  const read = readChoice(typed);
  expect(read).toEqual({
    problem: expect.stringMatching(/^takes host, bookworm, trixie or sid, or one for each part/),
  });
  expect('problem' in read && read.problem).toContain(says);
});
