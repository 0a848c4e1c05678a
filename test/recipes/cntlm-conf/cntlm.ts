import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
const program = folders.map((folder) => join(folder, 'cntlm')).find((file) => existsSync(file));

/** Why tests that need the real cntlm are skipped; undefined when it is here. */
export const noCntlm =
  program === undefined ? 'there is no cntlm here (Debian, Ubuntu: apt-get install cntlm)' : undefined;

/** What a run of cntlm that ends by itself wrote. */
export async function runCntlm(args: readonly string[], stdin = ''): Promise<string> {
  const child = spawn(program ?? 'cntlm', args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: 30_000 });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  // It may have ended without having read it.
  child.stdin.on('error', () => {});
  child.stdin.end(stdin);
  await new Promise((resolve) => child.once('close', resolve));
  return Buffer.concat(output).toString('latin1');
}

/**
 * What the real cntlm takes from a configuration. It ends by itself, because the text has no `Listen` that it could open.
 */
export async function readByCntlm(text: string): Promise<readonly (readonly [key: string, value: string])[]> {
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-cntlm-'));
  try {
    const file = join(dir, 'cntlm.conf');
    await writeFile(file, text, 'latin1');
    const output = await runCntlm(['-f', '-v', '-c', file]);
    return [...output.matchAll(/^section: \S+, (.*?) = '(.*)'$/gm)].map(([, key = '', value = '']) => [key, value]);
  } finally {
    await rm(dir, { recursive: true });
  }
}
