import { describe, expect, it } from 'vitest';
import type { Document, Piece, Reader } from '../../../harness/diagnosis/documents/document.ts';
import { envFileReader } from '../../../harness/diagnosis/documents/env-file.ts';
import { readers } from '../../../harness/diagnosis/documents/readers.ts';
import { unitReader } from '../../../harness/diagnosis/documents/unit.ts';

const piece = (path: string, text: string): Piece => ({ file: path, path, text, skipped: 0 });

function surest(one: Piece): Reader | undefined {
  const known = readers.map((reader) => ({ reader, how: reader.knows(one) }));
  return known.toSorted((a, b) => b.how - a.how).find(({ how }) => how > 0)?.reader;
}

const values = (documents: readonly Document[]): (readonly [number, string, string])[] =>
  documents.flatMap((each) =>
    each.kind === 'unit' || each.kind === 'env-file'
      ? each.assignments.map(({ line, name, value }) => [line, name, value] as const)
      : [],
  );

describe('a unit', () => {
  it('has what systemd loads, each with its own line', () => {
    const text =
      '[Service]\nEnvironment="A=1" \\\n# between\n  B=2 C="x \nEnvironment=D=%%41 E=%40 F=%h\nEnvironment=G:1\n[service]\nEnvironment=H=1\n';
    expect(values(unitReader.read(piece('docker.service.d/x.conf', text)))).toEqual([
      [2, 'A', '1'],
      [4, 'B', '2'],
      [5, 'D', '%41'],
      [5, 'F', '%h'],
    ]);
  });

  it('is taken out of what systemctl cat prints, with the path and the lines of each file', () => {
    const text =
      '# /lib/systemd/system/docker.service\n[Service]\nExecStart=/usr/bin/dockerd\n\n# /etc/systemd/system/docker.service.d/p.conf\n[Service]\nEnvironment=A=1\n';
    const found = unitReader.read(piece('cat.txt', text));
    expect(found.map((each) => each.kind === 'unit' && [each.unit, each.role, each.piece.path])).toEqual([
      ['docker.service', 'unit', '/lib/systemd/system/docker.service'],
      ['docker.service', 'drop-in', '/etc/systemd/system/docker.service.d/p.conf'],
    ]);
    expect(values(found)).toEqual([[7, 'A', '1']]);
  });

  it.each([
    ['etc/systemd/system/docker.service.d/p.conf', true],
    ['etc/systemd/system/docker.service.d/p.conf.bak', false],
    ['etc/systemd/system/docker.d/p.conf', false],
    ['etc/systemd/system/docker.service.conf.d/p.conf', false],
    ['etc/systemd/system/service.d/p.conf', true],
    ['etc/systemd/system.conf.d/p.conf', true],
    ['p.conf', undefined],
  ])('is read by systemd from %s: %s', (path, read) => {
    const [unit] = unitReader.read(piece(path, '[Service]\nEnvironment=A=1\n'));
    expect(unit).toMatchObject({ read });
  });
});

describe('a file of variables', () => {
  const TEXT = 'A = "x" # y\nexport B=\'1 2\'\n#C=1\nD=$A-z # end\n';

  it.each([
    [
      'etc/plant/proxy.env',
      [
        [1, 'A', 'x# y'],
        [2, 'B', '1 2'],
        [4, 'D', '$A-z # end'],
      ],
    ],
    [
      'etc/environment',
      [
        [1, 'A ', ' "x"'],
        [2, 'B', '1 2'],
        [4, 'D', '$A-z'],
      ],
    ],
    [
      'root/.bashrc',
      [
        [2, 'B', '1 2'],
        [4, 'D', '$A-z'],
      ],
    ],
  ])('is read as its own program does: %s', (path, expected) => {
    expect(values(envFileReader.read(piece(path, TEXT)))).toEqual(expected);
  });

  it('puts what a script knows in for a reference, and takes no text of a here-document', () => {
    const text = 'P=http://p:1\nexport HTTP_PROXY="$P/" no_proxy=a\ncat > f <<EOF\nHTTPS_PROXY=x\nEOF\nX=1 curl y\n';
    expect(values(envFileReader.read(piece('a.sh', text)))).toEqual([
      [1, 'P', 'http://p:1'],
      [2, 'HTTP_PROXY', 'http://p:1/'],
      [2, 'no_proxy', 'a'],
    ]);
  });
});

describe('files are told apart', () => {
  it.each([
    ['a.txt', 'Environment=HTTP_PROXY=http://p:1\n', 'the output of systemctl show'],
    ['a.txt', '[Service]\nEnvironment="HTTP_PROXY=http://p:1"\n', 'a unit or drop-in of systemd'],
    ['x.json', '{ "registry-mirrors": [] }', 'daemon.json of dockerd'],
    ['x.json', '{ "auths": {}, "proxies": { "default": {} } }', 'config.json of the docker CLI'],
    ['package.json', '{ "name": "x", "proxy": "http://p:1" }', undefined],
    ['app/config.json', '{ "port": 80 }', undefined],
    ['php.ini', '[PHP]\nengine = On\n', undefined],
    ['v.txt', 'Version:      17.2.0\nGit revision: abc\n', 'versions of programs'],
    ['e.txt', 'HOME=/root\nPWD=/\nSHLVL=1\nHTTP_PROXY=http://p:1\n', 'variables of an environment'],
  ])('%s %j', (path, text, title) => {
    expect(surest(piece(path, text))?.title).toBe(title);
  });
});

describe('hostile text', () => {
  const HUGE = 200_000;
  it.each([
    ['blanks', ' '.repeat(HUGE)],
    ['line ends', '\n'.repeat(HUGE)],
    ['brackets', `${'['.repeat(HUGE)}`],
    ['objects', '{"a":'.repeat(HUGE)],
    ['quotes', `[Service]\nEnvironment=${'"'.repeat(HUGE + 1)}`],
    ['backslashes', `[Service]\nEnvironment=A=${'\\'.repeat(HUGE)}`],
    ['continued lines', `[Service]\nEnvironment=${'A=1 \\\n'.repeat(HUGE / 10)}`],
    ['assignments', 'A=b '.repeat(HUGE / 4)],
    ['one quote', `A='${'x'.repeat(HUGE)}`],
    ['equals signs', '='.repeat(HUGE)],
  ])(
    'of %s is read by every reader without an error, and soon',
    (_, text) => {
      for (const path of [
        'docker.service.d/x.conf',
        'etc/environment',
        'a.sh',
        'x.env',
        'daemon.json',
        '.docker/config.json',
        'x',
      ]) {
        for (const reader of readers) {
          reader.knows(piece(path, text));
          expect(Array.isArray(reader.read(piece(path, text)))).toBe(true);
        }
      }
    },
    20_000,
  );
});
