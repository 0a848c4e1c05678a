import { expect, it } from 'vitest';
import { noDocker } from '../../containers/_here.ts';
import { knock } from './knock.ts';
import { PLACES } from './places.ts';

it.skipIf(noDocker)('every door is shut to a container of a case', { timeout: 300_000 }, async () => {
  const answers = await knock('container');
  const tried = PLACES.filter(({ container }) => container !== 'none');
  expect(answers.map(({ id }) => id)).toEqual(tried.map(({ id }) => id));
  expect(answers.length).toBeGreaterThanOrEqual(20);
  expect(answers.filter(({ open }) => !open)).toEqual([]);
  expect(answers.filter(({ reached }) => reached)).toEqual([]);
});
