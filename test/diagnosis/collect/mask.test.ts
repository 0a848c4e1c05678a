import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const SCRIPT = new URL('../../../harness/diagnosis/collect/collect.sh', import.meta.url).pathname;

test.each([
  ['etc/cntlm.conf', '#Password   Planted7x'],
  ['root/.curlrc', 'proxy-user = "u:Planted7x"'],
  ['root/.bashrc', 'Proxy-Authenticate: NTLM Planted7x'],
  ['root/.profile', 'got eyJPlanted7xabc.def.ghi'],
])(
  'the script leaves no secret of %s: %s',
  (name, line) => {
    const root = mkdtempSync(join(tmpdir(), 'proxyproof-collect-'));
    try {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), `${line}\n`);
      const archive = join(root, 'bundle.tar.gz');
      execFileSync('sh', [SCRIPT, archive], {
        env: { ...process.env, COLLECT_ROOT: root, COLLECT_LIMIT: '1' },
        stdio: 'pipe',
      });
      const text = execFileSync('tar', ['xzOf', archive, name]).toString();
      expect(text.slice(0, 3)).toBe(line.slice(0, 3));
      expect(text).not.toContain('Planted7x');
    } finally {
      rmSync(root, { recursive: true });
    }
  },
  15_000,
);
