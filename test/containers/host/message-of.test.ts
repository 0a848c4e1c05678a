import { expect, it } from 'vitest';
import { messageOf } from '../../../harness/containers/host/message-of.ts';

it.each([
  ['a plain message', 'Daemon ready', 'Daemon ready'],
  [
    'one in colours',
    [...Buffer.from('\u001b[0;33mWARNING: Checking for jobs... failed\u001b[0;m é')],
    'WARNING: Checking for jobs... failed é',
  ],
  ['none', undefined, undefined],
])('is %s', (_, message, expected) => {
  expect(messageOf(message)).toBe(expected);
});
