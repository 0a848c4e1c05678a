import { execFileSync } from 'node:child_process';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ReportError, readLedger, readResults, writeLedger } from '../../harness/report/index.ts';
import { Recorder } from './builder.ts';
import { bypass, tooEarly } from './stories.ts';
import { temporaryDirectory } from './temporary.ts';

/** The lines of a ledger of two cases; the second is a request. */
function lines(): string[] {
  const recorder = new Recorder();
  for (const tell of [tooEarly, bypass]) tell(recorder);
  return recorder.events
    .filter(({ kind }) => kind !== 'process-start' && kind !== 'log')
    .map((event) => JSON.stringify(event));
}

async function reading(content: string | Buffer): Promise<unknown> {
  const dir = await temporaryDirectory();
  await writeFile(join(dir, 'ledger.ndjson'), content);
  return readLedger(dir).catch((error: unknown) => error);
}

const changed = (line: string, fields: object): string => JSON.stringify({ ...JSON.parse(line), ...fields });

describe("a run's ledger", () => {
  it('comes back as it was written', async () => {
    const dir = await temporaryDirectory();
    const recorder = new Recorder();
    for (const tell of [tooEarly, bypass]) tell(recorder);
    await writeLedger(dir, recorder.events);
    expect(await readLedger(dir)).toEqual(recorder.events);
  });

  it.each<[string, (line: string) => string, RegExp]>([
    [
      'no JSON',
      () => '{"seq":2,',
      /Line 2 of .*ledger\.ndjson is no ledger event: it is no JSON\. The file was changed/,
    ],
    ['no object', () => '[1]', /Line 2 .*: it is no JSON object\./],
    [
      'an unknown kind',
      (line) => changed(line, { kind: '__proto__' }),
      /Line 2 .*: at kind, expected one of case-start, /,
    ],
    [
      'a field less',
      (line) => changed(line, { kind: 'response' }),
      /Line 2 .*: at status, expected number, received undefined/,
    ],
    ['a null', (line) => changed(line, { headers: null }), /Line 2 .*: at headers, expected array, received null/],
    ['half a header', (line) => changed(line, { headers: [['Host']] }), /Line 2 .*: at headers\.0/],
    ['no number', (line) => line.replace(/"t":[\d.]+/, '"t":1e999'), /Line 2 .*: at t, /],
    ['a moment that no date can name', (line) => changed(line, { t: 1e300 }), /Line 2 .*: at t, /],
    ['a number twice', (line) => changed(line, { seq: 1 }), /Line 2 .*: at seq, 1 comes after 1\./],
  ])('with %s is refused, and the sentence says where', async (_, change, sentence) => {
    const all = lines();
    const [first = '', second = '', ...rest] = all;
    expect(JSON.parse(second).kind).toBe('request');
    const error = await reading([first, change(second), ...rest].join('\n'));
    expect(error).toBeInstanceOf(ReportError);
    expect(error).toMatchObject({ message: expect.stringMatching(sentence), reason: 'usage' });
  });

  it('whose lines are not in order is refused', async () => {
    const [first, second, third, ...rest] = lines();
    expect(await reading([first, third, second, ...rest].join('\n'))).toMatchObject({
      message: expect.stringMatching(/Line 3 .*: at seq, \d comes after \d\./),
    });
  });

  it('that is no UTF-8 is refused', async () => {
    const content = Buffer.from(`${lines().join('\n')}\n`);
    content[content.indexOf('case-start')] = 0xff;
    expect(await reading(content)).toMatchObject({ message: expect.stringMatching(/Line 1 .*: it is no UTF-8\./) });
  });

  it('whose last line a killed run left unfinished lacks that line only', async () => {
    const all = lines();
    const whole = all.join('\n');
    for (const cut of [1, 2, 20]) expect(await reading(whole.slice(0, -cut))).toHaveLength(all.length - 1);
    expect(await reading(`${whole}\n`)).toHaveLength(all.length);
    // What has an end was not left unfinished.
    expect(await reading(`${whole.slice(0, -1)}\n`)).toBeInstanceOf(ReportError);
  });

  it('leaves out fields that no event has', async () => {
    const [first = '', ...rest] = lines();
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(await reading([first.replace('{', `{"more":${deep},`), ...rest].join('\n'))).toEqual(
      lines().map((line) => JSON.parse(line)),
    );
  });
});

describe.each([
  ['ledger.ndjson', readLedger],
  ['results.json', readResults],
] as const)('instead of %s', (name, read) => {
  it.each<[string, (file: string) => unknown, RegExp]>([
    ['a device without end', (file) => symlink('/dev/zero', file), /: it is no regular file\. Give/],
    ['a pipe that nobody writes to', (file) => execFileSync('mkfifo', [file]), /: it is no regular file\. Give/],
    ['a directory', (file) => mkdir(file), /: it is no regular file\. Give/],
    [
      'more than fits into memory',
      (file) => writeFile(file, '').then(() => truncate(file, 2 ** 40)),
      /: it is larger than 500 MiB/,
    ],
  ])('%s is refused at once', async (_, put, sentence) => {
    const dir = await temporaryDirectory();
    await put(join(dir, name));
    const error = await read(dir).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: 'ReportError', message: expect.stringMatching(sentence), reason: 'usage' });
  });
});

it('a line without end is refused', async () => {
  const error = await reading(`${' '.repeat(17 * 2 ** 20)}\n`);
  expect(error).toMatchObject({ message: expect.stringMatching(/Line 1 .*: it is longer than 16 MiB\./) });
});
