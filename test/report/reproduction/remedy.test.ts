import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diagnose } from '../../../harness/diagnosis/index.ts';
import { maskOf } from '../../../harness/report/diagnosis/mask.ts';
import { type RemedyText, remedyText } from '../../../harness/report/reproduction/remedy/index.ts';
import { type Candidate, GATEWAY_CA } from '../../../harness/reproduce/index.ts';
import { bundle, CONFIG, DROP_IN } from '../../reproduce/_bundle.ts';

const FILES = {
  'etc/gitlab-runner/config.toml': CONFIG,
  [DROP_IN]:
    '# set by Ansible\n[Servce]\nEnvironment="HTTP_PROXY=http://svc:Winter%232026@proxy.corp.example:8080"\nEnvironment="NO_PROXY=a & b|c,10.0.0.0/8"\n',
  '.gitlab-ci.yml': 'build:\n  script: [true]',
};

const remedy = (change: Partial<Candidate>, files: Readonly<Record<string, string>> = FILES): RemedyText => {
  const diagnosis = diagnose(bundle(files));
  const candidate = { cause: 'a/b', says: '', remedy: '', edits: [], adds: new Map(), commands: [], ...change };
  return remedyText(diagnosis, [candidate], maskOf(diagnosis));
};

/** A file after a patch: lines with secrets around a change are left out, which git asks to be told of. */
async function patched(dir: string, name: string, before: string, patch: string): Promise<string> {
  const path = join(dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, before);
  await execa('git', ['apply', '--unidiff-zero', '-'], { cwd: dir, input: patch });
  return readFileSync(path, 'utf8');
}

describe('a remedy that is handed on', () => {
  let dir = '';
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'proxyproof-remedy-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('is a diff that patch takes, with what has the services take it up', async () => {
    const { diff, patches, commands } = remedy({ edits: [{ file: DROP_IN, line: 2, to: '[Service]' }] });
    expect(diff).toBe(
      `--- a/${DROP_IN}\n+++ b/${DROP_IN}\n@@ -1,2 +1,2 @@\n # set by Ansible\n-[Servce]\n+[Service]\n`,
    );
    expect(commands).toEqual(['patch -p1 -d / < remedy.patch', 'systemctl daemon-reload', 'systemctl restart docker']);
    expect(await patched(dir, DROP_IN, FILES[DROP_IN] ?? '', patches[0]?.text ?? '')).toBe(
      FILES[DROP_IN]?.replace('[Servce]', '[Service]'),
    );
  });

  it('adds and takes away lines, at places that are far apart', async () => {
    const before = Array.from({ length: 20 }, (_, at) => `# ${at + 1}`).join('\n');
    const file = 'etc/docker/daemon.json';
    const { patches } = remedy(
      {
        edits: [
          { file, line: 1, to: '# 1\n# more' },
          { file, line: 4, to: '' },
          { file, line: 20, to: '# last' },
        ],
      },
      { [file]: before },
    );
    const expected = before.replace('# 1\n', '# 1\n# more\n').replace('# 4\n', '').replace('# 20', '# last\n');
    expect(await patched(dir, file, before, patches[0]?.text ?? '')).toBe(expected);
  });

  it('names what differs alone in a line with a secret, by sed', async () => {
    const line =
      'Environment="HTTP_PROXY=http://svc:Winter%%232026@proxy.corp.example:8080" "NO_PROXY=a & b|c,10.0.0.0/8"';
    const files = { [DROP_IN]: `[Service]\n${line}\n` };
    const to = line.replace('a & b|c,', 'a & b|c,.corp.example,');
    const { diff, patches, commands } = remedy({ edits: [{ file: DROP_IN, line: 2, to }] }, files);
    expect(diff).toContain('+Environment="HTTP_PROXY=http://…@proxy.corp.example:8080" "NO_PROXY=a & b|c,.corp');
    expect(patches).toEqual([]);
    expect(commands.join('\n')).not.toContain('Winter');
    const path = join(dir, 'proxy.conf');
    writeFileSync(path, files[DROP_IN] ?? '');
    await execa('sh', ['-c', (commands[0] ?? '').replace(`/${DROP_IN}`, path)]);
    expect(readFileSync(path, 'utf8')).toBe(`[Service]\n${to}\n`);
  });

  it('is left to a person where the secret is what changes', () => {
    const { commands } = remedy({
      edits: [{ file: DROP_IN, line: 3, to: 'Environment="HTTP_PROXY=http://svc:Winter%%232026@proxy:8080"' }],
    });
    expect(commands[0]).toBe(`# /${DROP_IN}, line 3: change it by hand as the diff shows; … stands for a secret.`);
  });

  it('has new files whole, those that go, the CA of the proxy, and commands', () => {
    const { diff, commands } = remedy({
      adds: new Map([
        ['/etc/docker/daemon.json', '{}\n'],
        ['/etc/gitlab-runner/certs/gitlab.corp.example.crt', GATEWAY_CA],
      ]),
      removes: ['/etc/systemd/system/docker.service.d/old.conf'],
      commands: [['systemctl', 'daemon-reexec']],
    });
    expect(diff).toContain('--- /dev/null\n+++ b/etc/docker/daemon.json\n@@ -0,0 +1,1 @@\n+{}\n');
    expect(commands).toEqual([
      'patch -p1 -d / < remedy.patch',
      'rm /etc/systemd/system/docker.service.d/old.conf',
      'install -D -m 644 proxy-ca.pem /etc/gitlab-runner/certs/gitlab.corp.example.crt    # the CA of the proxy',
      'systemctl daemon-reload',
      'systemctl restart docker gitlab-runner',
      'systemctl daemon-reexec',
    ]);
  });

  it('of a project is applied there', () => {
    const { commands } = remedy({ edits: [{ file: '.gitlab-ci.yml', line: 2, to: '  script: [false]' }] });
    expect(commands).toEqual(['patch -p1 < remedy-project.patch    # in the project']);
  });
});
