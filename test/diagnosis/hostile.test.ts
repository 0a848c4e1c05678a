import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../harness/cli/exit.ts';
import { bundleOf, diagnose, openBundle } from '../../harness/diagnosis/index.ts';
import { diagnosisAsJson } from '../../harness/report/diagnosis/as-json.ts';
import { diagnosisAsText } from '../../harness/report/diagnosis/as-text.ts';
import { tool } from '../cli/_tool.ts';

/**
 * Seconds of CPU time that one input may take: ten times what the worst takes on a quiet machine, as a busy one makes work longer. What grows with
 * the square of its length takes minutes.
 */
const MOST_SECONDS = 30;
const DROP_IN = '[Service]\nEnvironment="HTTPS_PROXY=http://gate.works.example:3128"\n';
const NAME = 'docker.service.d/http-proxy.conf';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'hostile-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** What is said of a bundle, by every way of saying it; never anything that acts on a terminal, and soon. */
async function told(path: string = dir) {
  const before = process.cpuUsage();
  const diagnosis = diagnose(await openBundle(path));
  const json = JSON.parse(JSON.stringify(diagnosisAsJson(diagnosis)));
  const text = diagnosisAsText(diagnosis, { notes: true, linesOf: () => undefined, width: 100, colour: false });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1e6).toBeLessThan(MOST_SECONDS);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u);
  expect(text).not.toMatch(/^\s+at .*\.ts:\d+/m);
  return { ...diagnosis, json, text };
}

const written = async (name: string, bytes: string | Buffer): Promise<void> => {
  const parts = join(dir, name).split('/');
  await mkdir(parts.slice(0, -1).join('/'), { recursive: true });
  await writeFile(join(dir, name), bytes);
};

interface Entry {
  readonly name: string;
  readonly text?: string;
  readonly type?: 'symlink' | 'link' | 'fifo' | 'character-device';
  readonly linkname?: string;
}

async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, text = '', type, linkname } of entries) {
    if (type === undefined) archive.entry({ name }, text);
    else archive.entry({ name, type, ...(linkname === undefined ? {} : { linkname }) });
  }
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('hostile bytes', () => {
  it.each<[string, Buffer]>([
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 0, 1, 2, 3])],
    ['UTF-16 without its mark', Buffer.from(DROP_IN, 'utf16le')],
    ['UTF-16 the other way round without its mark', swapped(DROP_IN)],
    ['nothing but zeros', Buffer.alloc(100_000)],
  ])('%s is no text', async (_, bytes) => {
    await written(NAME, bytes);
    expect((await told()).unread).toEqual([{ file: NAME, why: 'is no text' }]);
  });

  it.each<[string, Buffer]>([
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(DROP_IN, 'utf16le')])],
    ['UTF-16 the other way round', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped(DROP_IN)])],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${DROP_IN}`)],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from(DROP_IN), Buffer.from([0x23, 0xff, 0xc0, 0x80, 0x0a])])],
  ])('%s is read', async (_, bytes) => {
    await written(NAME, bytes);
    expect((await told()).read).toEqual([{ file: NAME, as: 'a unit or drop-in of systemd' }]);
  });

  it('an empty file is known by nothing', async () => {
    await written(NAME, '');
    await written('empty.txt', '');
    expect((await told()).unread).toContainEqual({ file: 'empty.txt', why: 'is of no kind that is known' });
  });

  it('a line of 100 MB is too much', async () => {
    await written('job.log', Buffer.alloc(100 * 2 ** 20, 'x'));
    expect((await told()).unread).toEqual([{ file: 'job.log', why: expect.stringMatching(/^is larger than/) }]);
  });

  it.each(['x', ' ', 'a:b,', '"', '@', 'pass', 'http://', '=', '/', '\\', '[', 'a=b '])(
    'a line of 4 MB of %j is looked at soon',
    async (unit) => {
      for (const name of ['job.log', 'config.toml', NAME, '.gitlab-ci.yml', 'env.txt']) {
        await written(name, `HTTP_PROXY=${unit.repeat(Math.floor((4 * 2 ** 20) / unit.length))}\n`);
        await told();
        await rm(join(dir, name));
      }
    },
    60_000,
  );
});

describe('hostile structure', () => {
  it.each<[string, string]>([
    ['config.json', '{"proxies":'.repeat(100_000)],
    ['config.json', '['.repeat(100_000)],
    ['daemon.json', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['.gitlab-ci.yml', `a: ${'['.repeat(100_000)}`],
    ['.gitlab-ci.yml', `a: ${'{a: '.repeat(100_000)}`],
    ['.gitlab-ci.yml', Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['config.toml', `[[runners]]\nenvironment = ${'['.repeat(100_000)}`],
    ['config.toml', `[[runners]]\na = ${'{a = '.repeat(100_000)}`],
    ['config.toml', `[${'a.'.repeat(100_000)}a]\n`],
    ['settings.xml', `<settings>${'<proxy>'.repeat(100_000)}`],
  ])('%s, nested deep, is told of in a sentence', async (name, text) => {
    await written(name, text);
    await told();
  });

  it('aliases of YAML that make more of themselves are not followed', async () => {
    const levels = Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]`);
    await written('.gitlab-ci.yml', ['a0: &a0 [x]', ...levels, 'job:\n  script: *a30', ''].join('\n'));
    await told();
  });

  it('an alias of YAML within itself is not followed', async () => {
    await written('.gitlab-ci.yml', 'job: &job\n  script: [a]\n  variables: *job\n  image: alpine\n');
    await told();
  });

  it('jobs that extend each other, and files that include each other, have an end', async () => {
    await written(
      '.gitlab-ci.yml',
      'include: {local: b.yml}\na: {extends: b, script: [x]}\nb: {extends: a}\nc: {extends: c}\n',
    );
    await written('b.yml', 'include: {local: .gitlab-ci.yml}\nd: {extends: a, script: [x]}\n');
    await told();
  });
});

describe('hostile directories', () => {
  it('links are not followed, wherever they lead, and a FIFO is no file', async () => {
    await symlink('/etc/passwd', join(dir, 'outside'));
    await symlink('nowhere', join(dir, 'dangling'));
    await symlink('.', join(dir, 'cycle'));
    execFileSync('mkfifo', [join(dir, 'fifo')]);
    const { unread, json } = await told();
    expect(unread.map(({ file, why }) => `${file} ${why}`)).toEqual([
      'cycle is a link, which is not followed',
      'dangling is a link, which is not followed',
      'fifo is no regular file',
      'outside is a link, which is not followed',
    ]);
    expect(JSON.stringify(json)).not.toContain('root:');
  });

  it('a FIFO by itself is refused', async () => {
    execFileSync('mkfifo', [join(dir, 'fifo')]);
    await expect(openBundle(join(dir, 'fifo'))).rejects.toThrow('is neither a file nor a directory');
  });

  it('names that act on a terminal are shown, and do not act', async () => {
    const name = 'a\u001b[2J\u0007\r\u202eb';
    await written(`${name}.txt`, 'nothing');
    await written(`${name}/docker.service.d/p.conf`, DROP_IN.replace('[Service]', '[service]'));
    const { text } = await told();
    expect(text).toContain('\\u{1b}[2J');
  });

  const isRoot = process.getuid?.() === 0;
  const why = isRoot ? ' (skipped: root may read every directory)' : '';
  it.skipIf(isRoot)(`a directory that may not be read does not stop the others${why}`, async () => {
    await written(NAME, DROP_IN);
    await mkdir(join(dir, 'locked'));
    await chmod(join(dir, 'locked'), 0);
    const { read, unread } = await told();
    expect(read).toHaveLength(1);
    expect(unread).toEqual([{ file: 'locked', why: 'cannot be opened' }]);
  });

  it('of 10,000 files the first are read, and the others are named', async () => {
    for (let at = 0; at < 10_000; at += 500)
      await Promise.all(Array.from({ length: 500 }, (_, on) => writeFile(join(dir, `${at + on}.txt`), 'x')));
    const { unread } = await told();
    expect(unread).toHaveLength(10_000);
    expect(unread.some(({ why }) => /^comes after \d+ other files/.test(why))).toBe(true);
  }, 60_000);

  it('directories deeper than anybody makes them are left alone', async () => {
    await mkdir(join(dir, 'd/'.repeat(60)), { recursive: true });
    expect((await told()).unread).toEqual([{ file: expect.any(String), why: expect.stringMatching(/deep$/) }]);
  });
});

describe('check on the command line', () => {
  it.each<[string, () => Promise<unknown> | unknown]>([
    ['a FIFO', () => execFileSync('mkfifo', [join(dir, 'it')])],
    ['nothing that is there', () => undefined],
    ['a program', () => written('it', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0]))],
    ['an empty file', () => written('it', '')],
    ['a dangling link', () => symlink('nowhere', join(dir, 'it'))],
    [
      'an archive that was cut',
      async () => written('it', (await tarOf([{ name: NAME, text: DROP_IN }])).subarray(0, 530)),
    ],
  ])('%s is wrong usage, in a sentence', async (_, make) => {
    await make();
    const { code, out, err } = await tool(dir, 'check', 'it');
    expect(code).toBe(EXIT.usage);
    expect(out + err).toMatch(/\S\.?\n/);
    expect(out + err).not.toMatch(/^\s+at .*:\d+/m);
  });
});

describe('hostile archives', () => {
  it('an entry stays within its archive, and links are no files', async () => {
    const bytes = await tarOf([
      { name: '../../etc/passwd', text: 'x' },
      { name: 'a/../../b', text: 'x' },
      { name: 'link', type: 'symlink', linkname: '/etc/passwd' },
      { name: 'hard', type: 'link', linkname: '/etc/passwd' },
      { name: 'pipe', type: 'fifo' },
      { name: NAME, text: DROP_IN },
    ]);
    await written('a.tar', bytes);
    const { read, unread } = await told();
    expect(read).toHaveLength(1);
    expect(unread.map(({ why }) => why)).toEqual([
      'would lie outside of the archive',
      'would lie outside of the archive',
      'is no regular file',
      'is no regular file',
      'is no regular file',
    ]);
  });

  it('an absolute name is one within the archive', async () => {
    await written('a.tar.gz', gzipSync(await tarOf([{ name: `/etc/systemd/system/${NAME}`, text: DROP_IN }])));
    expect((await told()).read[0]?.file).toMatch(/^(?:a\.tar\.gz\/)?etc\/systemd/);
  });

  it('a zip keeps to the same', async () => {
    const bytes = zipSync({ '../x': Buffer.from('x'), [`/etc/${NAME}`]: Buffer.from(DROP_IN) });
    await written('a.zip', Buffer.from(bytes));
    const { read, unread } = await told();
    expect(read).toHaveLength(1);
    expect(unread[0]?.why).toBe('would lie outside of the archive');
  });

  it('bombs are refused in a sentence', async () => {
    const zeros = Buffer.alloc(300 * 2 ** 20);
    await written('a.gz', gzipSync(zeros));
    await written('b.zip', Buffer.from(zipSync({ 'x.log': [zeros.subarray(0, 100 * 2 ** 20), { level: 1 }] })));
    const { unread } = await told();
    expect(unread.map(({ why }) => why)).toEqual([
      expect.stringMatching(/more than/),
      'is too large once it is unpacked',
    ]);
  }, 60_000);

  it('a zip that lies about the size of an entry gives no more than it says', async () => {
    const zip = Buffer.from(zipSync({ 'x.log': Buffer.alloc(20 * 2 ** 20) }));
    const central = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    zip.writeUInt32LE(10, central + 24);
    await written('a.zip', zip);
    await told();
  });

  it('what is cut is told of', async () => {
    const tar = await tarOf([{ name: NAME, text: DROP_IN.repeat(100) }]);
    const gz = gzipSync(tar);
    const zip = Buffer.from(zipSync({ [NAME]: Buffer.from(DROP_IN.repeat(100)) }));
    await written('a.tar', tar.subarray(0, 1000));
    await written('b.tar.gz', gz.subarray(0, gz.length / 2));
    await written('c.zip', zip.subarray(0, zip.length / 2));
    const { unread } = await told();
    const of = (name: string) => unread.filter(({ file }) => file.startsWith(name)).length;
    expect(['a.tar', 'b.tar.gz', 'c.zip'].map(of)).toEqual([1, 1, 1]);
  });

  it('a tar with wrong sizes is told of', async () => {
    const tar = await tarOf([{ name: NAME, text: DROP_IN }]);
    tar.write('77777777777\0', 124, 'latin1');
    expect((await bundleOf('a.tar', tar)).unread).not.toEqual([]);
    const spoiled = await tarOf([{ name: NAME, text: DROP_IN }]);
    spoiled.write('zzzzzzzzzzz\0', 124, 'latin1');
    expect((await bundleOf('a.tar', spoiled)).unread).not.toEqual([]);
  });
});
