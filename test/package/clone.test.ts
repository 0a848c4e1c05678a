import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cloneInto, emptyPlace } from './_clone.ts';

test('after a clone, the launcher gets the locked packages without those of development, once', async () => {
  await using place = await emptyPlace();
  const clone = join(place.dir, 'a clone');
  await cloneInto(clone);
  const first = await place.run(place.dir, join(clone, 'proxyproof'), 'list', 'rate-limit/*');
  expect(first.err).toBe('proxyproof: installing the npm packages that package-lock.json names (once) …\n');
  expect(first.out).toContain('rate-limit/reset-time-valid');
  expect(first.code).toBe(0);
  expect(existsSync(join(clone, 'node_modules', 'vitest'))).toBe(false);
  const node = await place.run(clone, join(clone, 'node_modules/.bin/node'), '--version');
  expect(node.out).toMatch(/^v24\./);

  const second = await place.run(clone, './proxyproof', 'run', 'rate-limit/reset-time-valid[body=json]');
  expect(second.err).toBe('');
  expect(second.out).toContain('1 pass');
  expect(second.code).toBe(0);
}, 240_000);
