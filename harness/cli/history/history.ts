import { resolve } from 'node:path';
import { UsageError } from '../../conformance/index.ts';
import { addRun, writeSite } from '../../report/history/index.ts';
import { EXIT, type ExitCode, type Terminal } from '../exit.ts';
import { text } from '../options.ts';
import { print } from '../print.ts';
import { type Invocation, type OptionValues, verb } from '../verb.ts';
import { historyLines } from './list.ts';

/** Where a history is when nobody says. */
const FOLDER = 'history';

const options = {
  to: text('<folder>', `add: the folder of the history, best in a git repository (default: ${FOLDER})`, 'a folder'),
  from: text('<folder>', `list, site: the folder of the history (default: ${FOLDER})`, 'a folder'),
  reportUrl: text('<url>', "add: where the run's whole report can be seen, such as the artifact of a job", 'a URL'),
  url: text('<url>', 'site: where the site will be; the feed and the badges refer to it', 'a URL'),
} as const;

type Given = OptionValues<typeof options>;

/** `proxyproof history`. */
export const history = verb({
  options,
  examples: [
    'history add runs/latest --to history',
    'history list --from history',
    "history list 'outcome:fail runner:gitlab-runner version:>=18 changed'",
    'history site public --from history --url https://group.gitlab.io/project/',
  ],
  act,
});

/** What can be typed after `history`. */
const USAGE = `history takes one of these:
  add <run-dir...> [--to <folder>]       stores runs, each in a file of a few kilobytes
  list [query] [--from <folder>]         the runs, or what a search finds in them
  site <dir> [--from <folder>]           a static site: matrix, trends, search, badges, feed`;

type Subverb = (words: readonly string[], options: Given, terminal: Terminal) => Promise<void>;

const SUBVERBS: Readonly<Record<string, Subverb>> = {
  add: async (dirs, { to = FOLDER, reportUrl, ...rest }, terminal) => {
    if (dirs.length === 0) throw new UsageError(`history add takes the directory of a run.\n${USAGE}`);
    refuse('add', { from: rest.from, url: rest.url });
    const report = reportUrl === undefined ? undefined : webAddress('--report-url', reportUrl);
    for (const dir of dirs) {
      const added = await addRun(resolve(terminal.cwd, dir), resolve(terminal.cwd, to), report);
      const { subject, profile } = added.run;
      const what = `${subject.name} ${subject.version}, profile ${profile}`;
      const how = {
        new: `Added: ${what}, ${(added.bytes / 1000).toFixed(0)} kB.`,
        there: `Nothing to do: this run of ${what} is in the history already.`,
        replaced: `Replaced: this run of ${what} was in the history, and has been judged again or in another way since.`,
      }[added.was];
      print(terminal.stdout, `${how}\n  ${added.file}\n`);
    }
  },
  list: async (words, { from = FOLDER, ...rest }, terminal) => {
    refuse('list', { to: rest.to, reportUrl: rest.reportUrl, url: rest.url });
    print(terminal.stdout, await historyLines(resolve(terminal.cwd, from), words.join(' ')));
  },
  site: async ([dir, ...more], { from = FOLDER, url, ...rest }, terminal) => {
    if (dir === undefined || more.length > 0) throw new UsageError(`history site takes one directory.\n${USAGE}`);
    refuse('site', { to: rest.to, reportUrl: rest.reportUrl });
    const where = resolve(terminal.cwd, dir);
    const address = url === undefined ? undefined : webAddress('--url', url);
    const { runs, files, bytes } = await writeSite(resolve(terminal.cwd, from), where, address);
    const size = (bytes / 1e6).toFixed(1);
    print(terminal.stdout, `A site of ${runs} ${runs === 1 ? 'run' : 'runs'}: ${files} files, ${size} MB.\n`);
    print(terminal.stdout, `Open ${where}/index.html, or put the folder on any web server.\n`);
  },
};

async function act({ args: [name = '', ...words], options: given, terminal }: Invocation<Given>): Promise<ExitCode> {
  const subverb = Object.hasOwn(SUBVERBS, name) ? SUBVERBS[name] : undefined;
  if (!subverb) throw new UsageError(USAGE);
  await subverb(words, given, terminal);
  return EXIT.ok;
}

/** @throws UsageError for an option that is another subverb's: it would be passed over in silence */
function refuse(subverb: string, others: Readonly<Record<string, string | undefined>>): void {
  const [found] = Object.entries(others).filter(([, value]) => value !== undefined);
  if (!found) return;
  const option = `--${found[0].replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new UsageError(`history ${subverb} takes no ${option}.\n${USAGE}`);
}

/** @throws UsageError for what no browser could follow */
function webAddress(option: string, typed: string): string {
  if (/^https?:\/\/[^\s/]/.test(typed)) return typed;
  throw new UsageError(`${option} takes a URL that begins with https:// or http://.`);
}
