import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { markdownTable } from 'markdown-table';
import type { z } from 'zod';
import { reproductionSchema } from '../harness/report/reproduction/schema.ts';
import { byKey, keyOf } from './by-key.ts';

/**
 * Runs `reproduce --prove --json` for each bundle below the directories that are named, one after the other, and writes
 * docs/reproduced.md: what came of each.
 *
 *     node build/reproduced.ts DIR…
 *     node build/reproduced.ts --results DIR2 DIR…                     keeps what came of each in DIR2, and takes what is there already
 *     node build/reproduced.ts --with 'CASE=--runner PATH' DIR…        options of a case
 */
const { values, positionals } = parseArgs({
  options: { results: { type: 'string' }, with: { type: 'string', multiple: true, default: [] } },
  allowPositionals: true,
});

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

/** What `reproduce` said of a bundle, and how long it took. */
interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

async function saidOf(bundle: string, name: string): Promise<Said> {
  const kept = values.results === undefined ? undefined : join(values.results, `${name}.json`);
  if (kept !== undefined && existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Said;
  const began = performance.now();
  const options = values.with.flatMap((each) =>
    each.startsWith(`${name}=`) ? each.slice(name.length + 1).split(' ') : [],
  );
  const { stdout, stderr } = await execa(
    process.execPath,
    [cli ?? '', 'reproduce', bundle, '--prove', '--json', ...options],
    { reject: false, timeout: LIMIT_MS, nodeOptions: ['--disable-warning=ExperimentalWarning'] },
  );
  const said = { stdout, stderr, seconds: Math.round((performance.now() - began) / 1000) };
  if (kept !== undefined) {
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, JSON.stringify(said));
  }
  return said;
}

async function rowOf(bundle: string): Promise<readonly string[]> {
  const name = basename(bundle) === 'files' ? basename(dirname(bundle)) : basename(bundle, '.yaml');
  const { stdout, stderr, seconds } = await saidOf(bundle, name);
  const key = keyOf(bundle);
  const read = reproductionSchema.safeParse(parsed(stdout));
  if (!read.success) {
    const why = stderr.trim().split('\n').at(-1) ?? '';
    return [name, why.replace(/^proxyproof: /, '').replace(/ proxyproof check says.*$/, ''), '', '', String(seconds)];
  }
  const { verdict, remedies, proved = [], subject } = read.data;
  const causes = proved.flatMap((each) => remedies[each]?.cause ?? []);
  const mends =
    causes.length > 0 ? causes.map((each) => `\`${each}\``).join(' and ') : verdict === 'works-here' ? '' : 'none';
  process.stderr.write(`${name}: ${WORDS[verdict]}; ${mends}\n`);
  const judged = key === undefined ? '' : byKey(key, { worksHere: verdict === 'works-here', proved: causes });
  const by = subject?.kind === 'gitlab-runner' ? ` (gitlab-runner ${subject.version})` : '';
  return [`${name}${by}`, WORDS[verdict], mends, judged, String(seconds)];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const rows: (readonly string[])[] = [];
for (const bundle of positionals.flatMap(bundlesBelow)) rows.push(await rowOf(bundle));
const proved = rows.filter(([, , mends]) => mends !== '' && mends !== 'none').length;
const works = rows.filter(([, verdict]) => verdict === WORDS['works-here']).length;
const keyed = rows.filter(([, , , judged]) => judged !== '');
const right = keyed.filter(([, , , judged]) => judged === 'right').length;
const text = [
  '# Cases that were stood up',
  '',
  `Written by \`node build/reproduced.ts DIR…\`, which ran \`reproduce --prove\` on each bundle below directories of cases, on ${availableParallelism()} CPUs, with`,
  `the reference runner where a row names no other. Of ${rows.length} bundles a remedy is proved for ${proved}; ${works} work here, and so have none.`,
  ...(keyed.length > 0
    ? [
        `Of ${keyed.length} that were stood up and have a key, ${right} came out as it says; another remedy may mend the same, such as the environment of the page.`,
      ]
    : []),
  'Bundles called `host_…` are what `collect` gathers on the machines of the scenarios `host/*`, each with one mistake. Those with a key are',
  "customers' files, made or from reports, that are kept elsewhere; the others are in docs/cases.",
  '',
  markdownTable([['case', 'what came of it', 'what mends it, proved', 'by its key', 'seconds'], ...rows], {
    alignDelimiters: false,
  }),
  '',
].join('\n');
writeFileSync(page ?? '', text);
