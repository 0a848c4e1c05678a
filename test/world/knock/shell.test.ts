import { expect, it } from 'vitest';
import { noNamespace } from '../stand-ins.ts';
import { knock } from './knock.ts';
import { PLACES } from './places.ts';

it.skipIf(noNamespace)('every door is shut to a subject in a shell', { timeout: 300_000 }, async () => {
  const answers = await knock('shell');
  expect(answers.map(({ id }) => id)).toEqual(PLACES.map(({ id }) => id));
  expect(answers.length).toBeGreaterThanOrEqual(20);
  // A knock at a door that nothing would open proves nothing.
  expect(answers.filter(({ open }) => !open)).toEqual([]);
  expect(answers.filter(({ reached }) => reached)).toEqual([]);
});
