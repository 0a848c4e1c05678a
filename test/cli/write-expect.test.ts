import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MUTANT, put, QUICK, scratch, tool } from './_tool.ts';

const SOME = [`${QUICK}[body=json]`, `${QUICK}[body=text]`, 'rate-limit/herd'];
const SUBJECT = ['--runner', `reference:${MUTANT}`];

test('what run and recheck write of a run is what makes it as expected, and says nothing of other cases', async () => {
  await using place = await scratch();
  const first = await tool(place.dir, 'run', ...SOME, ...SUBJECT, '--report', 'run', '--write-expect', 'known.yaml');
  expect(first.code).toBe(1);
  expect(first.err).toContain('known.yaml has 1 entry for 2 cases; give it to --expect.');
  const written = await readFile(join(place.dir, 'known.yaml'), 'utf8');
  expect(written).toMatch(
    /- id:\n {4}- rate-limit\/reset-time-valid\[body=json\]\n.*\[body=text\]\n {2}runner: reference\n/,
  );
  expect(written).toMatch(/\n {2}reason: .+\.\n {2}# link: https:\/\/\n$/);

  const again = await tool(place.dir, 'recheck', 'run', '--write-expect', 'again.yaml');
  expect(again.code).toBe(1);
  expect(await readFile(join(place.dir, 'again.yaml'), 'utf8')).toBe(written);

  expect(await tool(place.dir, 'recheck', 'run', '--expect', 'known.yaml')).toMatchObject({ code: 0 });
  const second = await tool(place.dir, 'run', ...SOME, ...SUBJECT, '--report', 'second', '--expect', 'known.yaml');
  expect(second.code).toBe(0);
  const other = await tool(
    place.dir,
    'run',
    `${QUICK}[body=empty]`,
    ...SUBJECT,
    '--report',
    'o',
    '--expect',
    'known.yaml',
  );
  expect(other.code).toBe(1);
});

test('recheck refuses an entry that matches nothing, and says how to narrow one that fits in part', async () => {
  await using place = await scratch();
  await tool(place.dir, 'run', ...SOME, 'rate-limit/reset-time-absent[body=json]', ...SUBJECT, '--report', 'run');
  await put(
    join(place.dir, 'wide.yaml'),
    "- { id: 'rate-limit/reset-time-*[body=*]', reason: known }\n- { id: [rate-limit/nothing, 'rate-limit/h*'], reason: gone }\n",
  );
  const { code, out } = await tool(place.dir, 'recheck', 'run', '--expect', 'wide.yaml');
  const words = out.replace(/\s+/g, ' ');
  expect(words).toContain('1 entry of the expectations file matched nothing: rate-limit/nothing.');
  expect(words).toContain(
    `The entry rate-limit/reset-time-*[body=*] fits in part; narrow it: 2 of 3 fail. Write ${QUICK}[body=json] and ${QUICK}[body=text] instead.`,
  );
  expect(code).toBe(1);

  await put(
    join(place.dir, 'leftover.yaml'),
    `- { id: '${QUICK}', reason: known }\n- { id: rate-limit/no, reason: gone }\n`,
  );
  expect(await tool(place.dir, 'recheck', 'run', '--expect', 'leftover.yaml')).toMatchObject({ code: 1 });
  await put(join(place.dir, 'fits.yaml'), `- { id: '${QUICK}', reason: known }\n`);
  expect(await tool(place.dir, 'recheck', 'run', '--expect', 'fits.yaml')).toMatchObject({ code: 0 });
});

test('a merge finds out about an entry that one shard alone takes to fit', async () => {
  await using place = await scratch();
  await put(join(place.dir, 'wide.yaml'), "- { id: 'rate-limit/reset-time-*', reason: known }\n");
  const cases = [`${QUICK}[body=json]`, 'rate-limit/reset-time-absent[body=json]'];
  for (const shard of ['1', '2']) {
    const options = ['--shard', `${shard}/2`, '--report', `shard-${shard}`, '--expect', 'wide.yaml'];
    expect((await tool(place.dir, 'run', ...cases, ...SUBJECT, ...options)).out).not.toContain('fits in part');
  }
  const { code, out } = await tool(place.dir, 'merge', 'shard-1', 'shard-2', '--report', 'merged');
  expect(out.replace(/\s+/g, ' ')).toContain(`narrow it: 1 of 2 fail. Write ${QUICK}[body=json] instead.`);
  expect(code).toBe(1);
});
