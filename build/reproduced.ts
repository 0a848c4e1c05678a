import { readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import { markdownTable } from 'markdown-table';
import type { z } from 'zod';
import { reproductionSchema } from '../harness/report/reproduction/schema.ts';
import { byKey, keyOf } from './by-key.ts';

// Runs `reproduce --prove --json` for each bundle below the directories that are named, one after the other, and writes
// docs/reproduced.md: what came of each.

const LIMIT_MS = 10 * 60_000;
const [cli, page] = ['../harness/cli/main.ts', '../docs/reproduced.md'].map(
  (each) => new URL(each, import.meta.url).pathname,
);

const WORDS: Readonly<Record<z.infer<typeof reproductionSchema>['verdict'], string>> = {
  'same-symptom': 'same symptom',
  'another-symptom': 'another symptom',
  'fails-here': 'fails; no log to compare',
  'not-reproduced': 'not reproduced',
  'works-here': 'works here',
};

/** The bundles below a directory of cases: a file of one, a directory, or its folder `files`. */
function bundlesBelow(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((each) => {
    const path = join(dir, each.name);
    if (each.isFile()) return each.name.endsWith('.yaml') ? [path] : [];
    return [readdirSync(path).includes('files') ? join(path, 'files') : path];
  });
}

async function rowOf(bundle: string): Promise<readonly string[]> {
  const began = performance.now();
  const { stdout, stderr } = await execa(process.execPath, [cli ?? '', 'reproduce', bundle, '--prove', '--json'], {
    reject: false,
    timeout: LIMIT_MS,
    nodeOptions: ['--disable-warning=ExperimentalWarning'],
  });
  const seconds = String(Math.round((performance.now() - began) / 1000));
  const name = basename(bundle) === 'files' ? basename(dirname(bundle)) : basename(bundle, '.yaml');
  const key = keyOf(bundle);
  const read = reproductionSchema.safeParse(parsed(stdout));
  if (!read.success) {
    const judged = key === undefined ? '' : byKey(key, { worksHere: false, proved: [] });
    return [name, stderr.trim().split('\n').at(-1) ?? '', '', judged, seconds];
  }
  const { verdict, remedies, proved = [] } = read.data;
  const causes = proved.flatMap((each) => remedies[each]?.cause ?? []);
  const mends =
    causes.length > 0 ? causes.map((each) => `\`${each}\``).join(' and ') : verdict === 'works-here' ? '' : 'none';
  process.stderr.write(`${name}: ${WORDS[verdict]}; ${mends}\n`);
  const judged = key === undefined ? '' : byKey(key, { worksHere: verdict === 'works-here', proved: causes });
  return [name, WORDS[verdict], mends, judged, seconds];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const rows: (readonly string[])[] = [];
for (const bundle of process.argv.slice(2).flatMap(bundlesBelow)) rows.push(await rowOf(bundle));
const proved = rows.filter(([, , mends]) => mends !== '' && mends !== 'none').length;
const works = rows.filter(([, verdict]) => verdict === WORDS['works-here']).length;
const keyed = rows.filter(([, , , judged]) => judged !== '');
const right = keyed.filter(([, , , judged]) => judged === 'right').length;
const text = [
  '# Cases that were stood up',
  '',
  `Written by \`node build/reproduced.ts DIR…\`, which ran \`reproduce --prove\` on each bundle below directories of cases, on ${availableParallelism()} CPUs, with`,
  `the reference runner. Of ${rows.length} bundles a remedy is proved for ${proved}; ${works} work here, and so have none.`,
  ...(keyed.length > 0 ? [`Of ${keyed.length} with a key, ${right} came out as it says.`] : []),
  '',
  markdownTable([['case', 'what came of it', 'what mends it, proved', 'by its key', 'seconds'], ...rows], {
    alignDelimiters: false,
  }),
  '',
].join('\n');
writeFileSync(page ?? '', text);
