import { UsageError } from '../../conformance/index.ts';
import {
  changeText,
  findChange,
  type Observed,
  observedIn,
  otherwise,
  unstable,
} from '../../report/bisection/index.ts';
import { readResults, readRun } from '../../report/index.ts';
import { painter } from '../../report/terminal/text.ts';
import { plural } from '../../report/verdict.ts';
import { EXIT, type ExitCode, type Terminal } from '../exit.ts';
import { hasColour } from '../has-colour.ts';
import { print } from '../print.ts';
import type { Invocation, OptionValues } from '../verb.ts';
import type { bisectOptions } from './bisect-options.ts';
import { candidatesFor } from './candidates.ts';
import type { RunnableContender } from './contender.ts';
import { openRuns, type Runs } from './runs.ts';
import type { WantedCases } from './wanted.ts';

/** A late harness is tried once more. */
const TRIES = 2;

/** What is known of a version. */
interface Look {
  readonly contender: RunnableContender;
  readonly dir: string;
  readonly observed: Observed;
  /** Ids of cases in which the harness broke, so that nothing is known of them. */
  readonly broke: readonly string[];
}

/**
 * Finds the first version that behaves otherwise than GOOD, and prints what changed.
 * @throws UsageError, SubjectError, EnvironmentError, ReportError
 */
export async function bisectVersions(
  { args, options, terminal }: Invocation<OptionValues<typeof bisectOptions>>,
  open: (terminal: Terminal, jobs?: number) => Runs = openRuns,
): Promise<ExitCode> {
  const [words, glob] = [args.slice(0, -1), args.at(-1)];
  if (words.length < 2 || glob === undefined) {
    throw new UsageError(
      'bisect takes a version GOOD, a version BAD, and then the case. See proxyproof bisect --help.',
    );
  }
  const say = (line: string): void => print(terminal.stdout, `${line}\n`);
  const list = await candidatesFor(words, terminal, options.binaries);
  const [good, bad] = [list[0], list.at(-1)] as [RunnableContender, RunnableContender];
  await using runs = open(terminal, options.jobs);
  const { repeat, generation, scenarios } = options;
  const profile = options.profile ?? (await runs.profileOf(good));
  const wanted: WantedCases = { globs: [glob], profile, generation, scenarios, repeat };
  const most = Math.ceil(Math.log2(list.length)) + 2;
  say(
    `${plural(list.length, 'version', 'versions')} from ${good.label} to ${bad.label}, under profile ${profile}: at most ${most} runs.`,
  );

  let tries = 0;
  const look = async (contender: RunnableContender): Promise<Look> => {
    for (let attempt = 1; ; attempt++) {
      const { dir, ran } = await runs.of(contender, wanted);
      if (ran > 0) tries++;
      const { outcomes } = await readResults(dir);
      const broke = outcomes.filter(({ outcome }) => outcome === 'error');
      if (broke.length > 0 && attempt < TRIES) {
        say(`${contender.label}: an error of the harness, so it runs again. ${broke[0]?.reason}`);
        continue;
      }
      if (broke.length > 0 && broke.length < outcomes.length) {
        say(
          `${contender.label}: nothing is known of ${broke.length} of ${outcomes.length} cases, in which the harness broke.`,
        );
      }
      return { contender, dir, observed: observedIn(outcomes), broke: broke.map(({ id }) => id) };
    }
  };

  const [first, final] = await Promise.all([look(good), look(bad)]);
  for (const each of [first, final]) {
    if (each.observed.size > 0) continue;
    const [outcome] = (await readResults(each.dir)).outcomes;
    say(`${each.contender.label} says nothing of ${glob}: ${outcome?.outcome}. ${outcome?.reason}`);
    return outcome?.outcome === 'error' ? EXIT.harness : EXIT.environment;
  }
  const looks = new Map([first, final].map((each) => [each.contender, each]));
  const cases = otherwise(first.observed, final.observed);
  for (const each of [first, final]) sayUnstable(each, say);
  if (cases.length === 0) {
    say(`${bad.label} does not behave otherwise than ${good.label} in ${glob}, so there is nothing to find.`);
    return first.broke.length + final.broke.length > 0 ? EXIT.harness : EXIT.unexpected;
  }
  const change = await findChange(list, async (contender) => {
    const each = await look(contender).catch((error: Error) => {
      // As git bisect: one that cannot be run is passed over.
      if (error.name !== 'SubjectError') throw error;
      say(`${contender.label}: passed over. ${error.message}`);
      return undefined;
    });
    if (!each) return undefined;
    looks.set(contender, each);
    sayUnstable(each, say);
    const known = cases.filter((id) => each.observed.has(id));
    const other = otherwise(first.observed, each.observed).filter((id) => cases.includes(id));
    const isOther = known.length === 0 ? undefined : other.length > 0;
    say(
      `${contender.label}: ${isOther === undefined ? 'says nothing of it' : isOther ? 'otherwise' : `as ${good.label}`}`,
    );
    return isOther;
  });
  const [last, found] = [looks.get(change.last), looks.get(change.first)] as [Look, Look];
  const passed = change.unknown.map(({ label }) => label);
  const among = passed.length === 0 ? '' : ` or one of those before it that say nothing: ${passed.join(', ')}`;
  say(
    `\n${found.contender.label} is the first that behaves otherwise${among}; ${last.contender.label} is the last of the old way. ${plural(tries, 'run', 'runs')} now, of ${plural(list.length, 'version', 'versions')}.\n`,
  );
  const sides = await Promise.all(
    [last, found].map(async ({ contender, dir }) => ({ label: contender.label, run: await readRun(dir) })),
  );
  const changed = otherwise(last.observed, found.observed);
  const width = terminal.stdout.columns ?? 120;
  print(
    terminal.stdout,
    changeText(changed.length > 0 ? changed : cases, sides as [(typeof sides)[0], (typeof sides)[0]], {
      width,
      paint: painter(hasColour(terminal)),
    }),
  );
  return EXIT.ok;
}

function sayUnstable({ contender, observed }: Look, say: (line: string) => void): void {
  for (const id of unstable(observed)) {
    const each = observed.get(id) ?? [];
    const counts = [...Map.groupBy(each, ({ outcome }) => outcome)].map(([name, own]) => `${own.length} ${name}`);
    say(`${contender.label}: ${id} is unstable: of ${each.length} times ${counts.join(', ')}.`);
  }
}
