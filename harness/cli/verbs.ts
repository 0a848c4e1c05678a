import type { Command } from 'commander';
import { profileChoice } from '../profile/index.ts';
import { runnerChoices } from '../runner/kinds.ts';
import type { ExitCode, Terminal } from './exit.ts';
import { DEFAULT_IMAGE } from './in-docker/option.ts';

/** What a verb's action is given. */
export interface Invocation {
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly terminal: Terminal;
  /** The words of the command line, the verb first, as the parser takes them. */
  readonly argv: readonly string[];
  /** All that was typed, as a report repeats it. */
  readonly command: string;
}

export type Action = (invocation: Invocation) => Promise<ExitCode>;

/** One verb: how it is called, and where its code is. The code is loaded only when the verb is used. */
export interface Verb {
  readonly name: string;
  readonly declare: (command: Command) => Command;
  readonly examples: readonly string[];
  readonly load: () => Promise<Action>;
}

const SCENARIOS = ['--scenarios <dir>', "a directory of a team's own scenarios, beside ours"] as const;
const PROFILE = [
  '--profile <name>',
  `the documentation to hold it to: ${profileChoice} (default: by the subject's version)`,
] as const;

/** Every verb, in the order of the help. */
export const verbs: readonly Verb[] = [
  {
    name: 'run',
    declare: (command) =>
      command
        .description('runs scenarios against a subject, prints the verdict, writes a report')
        .argument('[globs...]', 'ids of scenarios or cases; * stands for anything but a slash')
        .option('--runner <name>', `the subject: ${runnerChoices.join(', ')}`, 'reference')
        .option(...PROFILE)
        .option('--level <levels>', 'only these levels: R required, O recommended, C checks; such as R,O')
        .option('--proxy <kind>', 'only worlds with this proxy: basic, squid or all', 'all')
        .option(
          '--images <whose>',
          'container images: own, or official for dind, registry and helper (takes the internet)',
          'own',
        )
        .option('--jobs <n>', 'how many cases side by side (default: by memory; most of them only wait)')
        .option('--report <dir>', 'where the report goes (default: runs/TIME)')
        .option('--expect <file>', 'known deviations, as YAML')
        .option('--strict', 'a missed recommendation (warn) is not as expected')
        .option('--repeat <n>', 'runs every case so many times', '1')
        .option('--shard <i/n>', 'the i-th of n parts, for machines side by side')
        .option(...SCENARIOS)
        .option('--keep', 'leaves the world up after a failure and says how to look at it')
        .option(
          '--in-docker [=image]',
          `runs all of it in a container of your Docker engine (default image: ${DEFAULT_IMAGE}); takes no root`,
        )
        .option('--dry-run', 'says what would run, and runs nothing'),
    examples: [
      'run',
      "run 'rate-limit/*' --runner 17.11.4 --profile 14.10",
      "run 'polling/through-proxy[proxy=squid]' --runner ./out/binaries/gitlab-runner --keep",
      'run --in-docker --runner 17.11.4',
    ],
    load: async () => (await import('./run.ts')).run,
  },
  {
    name: 'list',
    declare: (command) =>
      command
        .description('lists scenarios: id, level, what they need, whether they can run here, citation')
        .argument('[globs...]', 'ids of scenarios')
        .option(...PROFILE)
        .option('--cases', 'every case with its axes, rather than every scenario')
        .option(...SCENARIOS),
    examples: ["list 'polling/*'"],
    load: async () => (await import('./list.ts')).list,
  },
  {
    name: 'show',
    declare: (command) =>
      command
        .description('says what a scenario requires, how it is arranged and judged, and which mutants it catches')
        .argument('<id>', "a scenario's id")
        .option(...PROFILE)
        .option(...SCENARIOS),
    examples: ['show rate-limit/reset-time-invalid'],
    load: async () => (await import('./show.ts')).show,
  },
  {
    name: 'recheck',
    declare: (command) =>
      command
        .description('judges the ledger of an earlier run again, without a subject')
        .argument('<run-dir>', 'the directory of the run')
        .option('--report <dir>', 'where the new report goes (default: RUN_DIR/recheck)')
        .option('--strict', 'a missed recommendation (warn) is not as expected')
        .option('--expect <file>', 'known deviations, as YAML')
        .option(...SCENARIOS),
    examples: ['recheck runs/latest'],
    load: async () => (await import('./recheck.ts')).recheck,
  },
  {
    name: 'merge',
    declare: (command) =>
      command
        .description('makes one report of several shards')
        .argument('<dirs...>', 'the directories of the runs')
        .option('--report <dir>', 'where the report goes (default: runs/TIME)'),
    examples: ['merge shard-1 shard-2 --report merged'],
    load: async () => (await import('./merge.ts')).merge,
  },
  {
    name: 'images',
    declare: (command) =>
      command
        .description('lists the container images that scenarios use, and makes, exports, imports or removes them')
        .option('--build', 'makes those that are missing or out of date')
        .option('--export <file>', 'makes them, and writes all into one file, for a site without registry and packages')
        .option('--import <file>', 'takes them over from such a file')
        .option('--remove', 'removes all of them'),
    examples: ['images --build', 'images --export images.tar', 'images --import images.tar'],
    load: async () => (await import('./images.ts')).images,
  },
  {
    name: 'check',
    declare: (command) =>
      command
        .description('says what is wrong with files of the page: config.toml, drop-ins, config.json, cntlm.conf')
        .argument('<files...>', 'files, told apart by their names; nothing in them is run, no password is shown'),
    examples: [
      'check /etc/gitlab-runner/config.toml /etc/systemd/system/gitlab-runner.service.d/http-proxy.conf',
      'check /root/.docker/config.json /etc/cntlm.conf',
    ],
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'no-proxy',
    declare: (command) =>
      command
        .description('says what each client does with a value of NO_PROXY, and what to write for all of them')
        .argument('[value]', 'as it stands in NO_PROXY and no_proxy; quote it')
        .argument('[urls...]', 'what is asked for, such as http://docker:2375/')
        .option(
          '--proxy <value>',
          'what stands in the proxy variables, in both cases (default: http://172.17.0.1:3128)',
        )
        .option('--json', 'the same as JSON')
        .option(
          '--measure',
          'asks the real clients again, in a container, and says where the models are wrong about them',
        )
        .option('--write', 'with --measure, in the repository: writes the table and docs/clients.md'),
    examples: ["no-proxy 'docker:2375,*.example.com' http://docker:2375/ https://gitlab.example.com/"],
    load: async () => (await import('./no-proxy.ts')).noProxy,
  },
  {
    name: 'doctor',
    declare: (command) =>
      command
        .description('says what is here, what is missing, and what that costs')
        .option('--bug-report', 'prints versions and configuration for a bug report, without secrets')
        .option(...SCENARIOS),
    examples: ['doctor --bug-report'],
    load: async () => (await import('./doctor.ts')).doctor,
  },
  {
    name: 'clean',
    declare: (command) =>
      command
        .description('removes what a killed run left behind, and only that')
        .option('--dry-run', 'says what would be removed, and removes nothing'),
    examples: ['clean --dry-run'],
    load: async () => (await import('./clean.ts')).clean,
  },
];
