import { join, relative, resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../conformance/errors.ts';
import { profileChoice, profileNames } from '../profile/index.ts';
import {
  compareRuns,
  comparisonAsJson,
  comparisonAsMarkdown,
  comparisonAsText,
  comparisonPage,
  isWorse,
  type VersionComparison,
} from '../report/compare/index.ts';
import { writeText } from '../report/files.ts';
import { makeRunDirectory } from '../report/index.ts';
import { printableJson } from '../report/terminal/printable.ts';
import { type Mine, mineFor } from './compare/mine.ts';
import { type Sides, type SidesUnder, sidesOf } from './compare/sides.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { hasColour } from './has-colour.ts';
import { flag, oneOf, text } from './options.ts';
import { print } from './print.ts';
import { runOptions } from './run-options.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';
import { packageVersion } from './version.ts';
import { contendersHere, openRuns } from './versions/index.ts';

const { level, proxy, containers, generation, jobs, scenarios } = runOptions;

const options = {
  profile: {
    value: '<name>',
    says: `what both versions are held to: ${profileChoice}, or each: the older one's and the newer one's beside it (default: the older one's)`,
    schema: z
      .enum([...profileNames, 'each'], {
        error: ({ input }) => `takes ${profileChoice}, or each. There is no profile ${String(input)}`,
      })
      .optional(),
  },
  mine: text(
    '<set-up>',
    'leaves out what cannot concern your set-up: proxy=squid,scheme=https,executor=docker; or files, as check takes them',
    'pairs or a path',
  ),
  format: {
    value: '<format>',
    says: 'how it is printed: text, markdown or json (schema/compare.schema.json)',
    schema: oneOf('text', 'markdown', 'json'),
    fallback: 'text',
  },
  report: text(
    '<dir>',
    'writes compare.html, with both pictures of what changed, compare.json and compare.md',
    'a directory',
  ),
  verbose: flag(
    'prints every case that changed, with what was observed in both; the text is 30 lines at most otherwise',
  ),
  binaries: text('<dir>', 'a directory with binaries such as gitlab-runner-17.11.4', 'a directory'),
  ...{ level, proxy, containers, generation, jobs, scenarios },
} as const;

/** `proxyproof compare`. */
export const compare = verb({
  options,
  examples: [
    'compare runs/17.11.4 runs/18.11.4',
    'compare 17.11.4 18.11.4 --profile each --report what-changes/',
    "compare 17.11.4 18.11.4 'rate-limit/*' --mine proxy=squid,scheme=https,executor=docker",
    'compare 17.11.4 18.11.4 --mine customer/ --format markdown',
  ],
  act,
});

type Given = OptionValues<typeof options>;

async function act({ args, options: given, terminal }: Invocation<Given>): Promise<ExitCode> {
  const [a = '', b = '', ...globs] = args;
  const [before, after, ...others] = await contendersHere([a, b], terminal, given.binaries);
  if (!before || !after || others.length > 0) {
    throw new UsageError(
      others.length > 0
        ? `compare holds two against each other, and ${a} and ${b} are ${others.length + 2}. Name one version or run for each.`
        : `${a} and ${b} are the same: there is nothing to compare.`,
    );
  }
  await using runs = openRuns(terminal, given.jobs);
  const { profile, level: levels, proxy: kind, containers: which, generation: peers, scenarios: own } = given;
  const wanted = { globs, level: levels, proxy: kind, containers: which, generation: peers, scenarios: own };
  const sides = await sidesOf([before, after], { ...wanted, profile }, runs);
  const all = [sides.main, ...(sides.beside ? [sides.beside] : [])].flatMap((each) => [
    ...each.before.outcomes,
    ...each.after.outcomes,
  ]);
  const mine = given.mine === undefined ? undefined : await mineFor(given.mine, all, terminal);
  const labels = [before.label, after.label] as const;
  const compared = ({ before: one, after: other }: SidesUnder) => compareRuns(one, other, { labels, ...mine });
  const comparison: VersionComparison = {
    main: compared(sides.main),
    ...(sides.beside ? { beside: compared(sides.beside) } : {}),
  };
  await show(comparison, mine, { given, terminal, sides });
  if (comparison.main.compared === 0) return EXIT.usage;
  return isWorse(comparison) ? EXIT.unexpected : EXIT.ok;
}

async function show(
  comparison: VersionComparison,
  mine: Mine | undefined,
  { given, terminal, sides }: Pick<Invocation<Given>, 'terminal'> & { readonly given: Given; readonly sides: Sides },
): Promise<void> {
  const { stdout, cwd } = terminal;
  const name = mine?.name;
  const json = `${printableJson(JSON.stringify(comparisonAsJson(comparison), null, 2))}\n`;
  const markdown = comparisonAsMarkdown(comparison, name);
  let page: string | undefined;
  if (given.report !== undefined) {
    const dir = await makeRunDirectory({ dir: resolve(cwd, given.report) });
    page = join(dir, 'compare.html');
    const options = { version: packageVersion(), ...(name === undefined ? {} : { mine: name }) };
    await writeText(page, comparisonPage(comparison, await sides.ledgers(), options));
    await writeText(join(dir, 'compare.json'), json);
    await writeText(join(dir, 'compare.md'), markdown);
  }
  if (given.format === 'json') stdout.write(json);
  else if (given.format === 'markdown') print(stdout, markdown);
  else {
    const width = stdout.columns ?? 120;
    const near = page === undefined ? undefined : relative(cwd, page);
    const options = {
      ...{ width, colour: hasColour(terminal), verbose: given.verbose },
      ...(name === undefined ? {} : { mine: name }),
      ...(near === undefined ? {} : { page: near.startsWith('..') ? (page ?? near) : near }),
    };
    stdout.write(comparisonAsText(comparison, options));
  }
}
