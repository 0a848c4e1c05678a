import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { withPart } from './document.ts';
import { machine } from './machine.ts';
import type { Row, Setting } from './row.ts';
import { rows } from './rows/index.ts';
import { type Line, table } from './table.ts';

const DOCUMENT = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

const USAGE = `npm run bench -- [NAME…] [--runner PATH] [--write]
  NAME      one row or more: ${rows.map(({ name }) => name).join(', ')}
  --runner  a real runner, for the row real-runner
  --write   also writes the table into docs/performance.md; for all rows only
Exit: 0 every target reached, 1 one missed, not measured or failed, 2 usage.
`;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: ReturnType<typeof parsed>;
  try {
    options = parsed(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  const lines: Line[] = [];
  for (const row of options.chosen) lines.push(await measured(row, options.runner));
  const written = table(lines, machine());
  process.stdout.write(written);
  if (options.write) await writeFile(DOCUMENT, withPart(await readFile(DOCUMENT, 'utf8'), 'bench', written));
  return lines.every(({ reached }) => reached) ? 0 : 1;
}

function parsed(args: readonly string[]): { chosen: readonly Row[]; runner: string | undefined; write: boolean } {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { runner: { type: 'string' }, write: { type: 'boolean', default: false } },
  });
  const unknown = positionals.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length > 0) throw new Error(`There is no row ${unknown.join(', ')}.`);
  if (values.write && positionals.length > 0) throw new Error('--write takes all rows: one run, one table.');
  const chosen = positionals.length === 0 ? rows : rows.filter(({ name }) => positionals.includes(name));
  return { chosen, runner: values.runner, write: values.write };
}

async function measured(row: Row, runner: string | undefined): Promise<Line> {
  const { name, what, target } = row;
  const say: Setting['say'] = (what) => void process.stderr.write(`${name}: ${what}\n`);
  say('measuring …');
  try {
    return { name, what, target, ...(await row.measure({ runner, say })) };
  } catch (error) {
    return { name, what, target, measured: `failed: ${(error as Error).message}`, reached: false };
  }
}
