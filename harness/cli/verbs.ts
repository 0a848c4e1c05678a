import type { Verb } from './verb.ts';

/** An entry of the table of verbs: what the list of verbs says of it. The verb itself is loaded when it is called. */
export interface VerbEntry {
  readonly name: string;
  /** What it does, as the list of verbs says it. */
  readonly says: string;
  /** Its arguments, as the help writes them: `<id>`, `[globs...]`. */
  readonly arguments?: Readonly<Record<string, string>>;
  readonly load: () => Promise<Verb>;
}

/** Every verb, in the order of the help. */
export const verbs: readonly VerbEntry[] = [
  {
    name: 'run',
    says: 'runs scenarios against a subject, prints the verdict, writes a report',
    arguments: { '[globs...]': 'ids of scenarios or cases (default: all); * stands for anything but a slash' },
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'list',
    says: 'lists scenarios: id, level, what they need, whether they can run here, citation',
    arguments: { '[globs...]': 'ids of scenarios (default: all); * stands for anything but a slash' },
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'show',
    says: 'says what a scenario requires, what it sets up, how it judges, and which mutants it catches',
    arguments: { '<id>': "a scenario's id" },
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'recheck',
    says: 'judges the ledger of an earlier run again, without a subject',
    arguments: { '<run-dir>': 'the directory of the run' },
    load: async () => (await import('./recheck.ts')).recheck,
  },
  {
    name: 'merge',
    says: 'makes one report from several shards',
    arguments: { '<dirs...>': 'the directories of the runs' },
    load: async () => (await import('./merge.ts')).merge,
  },
  {
    name: 'compare',
    says: 'says what changes from one version, or one run, to another: worse, better, measured otherwise',
    arguments: {
      '<a>': "the older one: a version, a runner's program, or a run (its directory or results.json)",
      '<b>': 'the newer one, likewise',
      '[globs...]': 'ids of scenarios or cases that are compared (default: all)',
    },
    load: async () => (await import('./compare.ts')).compare,
  },
  {
    name: 'matrix',
    says: 'holds versions of a runner side by side on one page: what each does, and from which on it changes',
    arguments: {
      '<versions...>':
        'versions such as 17.11.4, 14.10.1..18.3.1 or latest, paths of programs, images, or directories of stored runs',
    },
    load: async () => (await import('./matrix.ts')).matrix,
  },
  {
    name: 'bisect',
    says: 'finds the first version that behaves otherwise in a case, and what changed in evidence',
    arguments: {
      '<good>': 'a version such as 17.9.0, or the path of a program',
      '<versions...>': 'those between, where you name them; then BAD, which behaves otherwise; and last the case',
    },
    load: async () => (await import('./bisect.ts')).bisect,
  },
  {
    name: 'history',
    says: 'keeps runs in a folder of a git repository, and makes a site of them: matrix, trends, search, badges, feed',
    arguments: { '<what...>': 'add and the directories of runs; list and perhaps a search; site and a directory' },
    load: async () => (await import('./history/history.ts')).history,
  },
  {
    name: 'bug',
    says: 'writes an issue for the makers of a runner on a case that failed in a run',
    arguments: {
      '<run-dir>': 'the directory of the run',
      '<case>': 'the id of a case of it, or a pattern: the first that failed is told',
    },
    load: async () => (await import('./bug.ts')).bug,
  },
  {
    name: 'images',
    says: 'lists the container images that scenarios use, and makes, exports, imports or removes them',
    load: async () => (await import('./images.ts')).images,
  },
  {
    name: 'check',
    says: "finds what is wrong in a customer's files and logs: where, why, and what to change",
    arguments: {
      '[files...]':
        'files, directories or archives, told apart by what is in them, or - for standard input; nothing of them is run, no password is shown',
    },
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'reproduce',
    says: "stands a customer's machine up from their files, shows how it fails, and proves what mends it",
    arguments: { '[files...]': 'files, directories or archives, as check takes them' },
    load: async () => (await import('./reproduce.ts')).reproduce,
  },
  {
    name: 'serve',
    says: 'stands a lab up and keeps it: proxy, mock GitLab and a live page, with controls',
    arguments: { '[ctl...]': 'ctl and what a lab that is up is to do; ctl alone lists it' },
    load: async () => (await import('./serve/serve.ts')).serve,
  },
  {
    name: 'collect',
    says: "gathers what check reads on a runner's host into one archive, without secrets; changes nothing",
    load: async () => (await import('./collect.ts')).collect,
  },
  {
    name: 'no-proxy',
    says: 'says what each client does with a value of NO_PROXY, and what to write for all of them',
    arguments: {
      '[value]': 'the value of NO_PROXY and no_proxy; quote it',
      '[urls...]': 'the URLs that clients request, such as http://docker:2375/',
    },
    load: async () => (await import('./no-proxy.ts')).noProxy,
  },
  {
    name: 'doctor',
    says: 'says what this machine has, what it lacks, and which cases cannot run without it',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'clean',
    says: 'removes what a killed run left behind, and only that',
    load: async () => (await import('./clean.ts')).clean,
  },
];
