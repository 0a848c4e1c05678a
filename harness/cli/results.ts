import { cpus, type as osType, release } from 'node:os';
import type { CaseOutcome, ProfileName, Results } from '../conformance/index.ts';
import { totals } from '../conformance/index.ts';
import type { GenerationChoice } from '../generations/index.ts';
import { findProgram, probe, SEARCH_PATH } from '../process/index.ts';
import type { Driver, SubjectKind } from '../runner/index.ts';
import { packageVersion } from './version.ts';

/** What a run has to say besides its outcomes. */
export interface RunFacts {
  readonly driver: Driver<SubjectKind>;
  readonly profile: ProfileName;
  readonly outcomes: readonly CaseOutcome[];
  readonly startedAt: Date;
  readonly strict: boolean;
  readonly command: string;
  readonly shard?: string;
  readonly helper?: string;
  readonly notRun?: NonNullable<Results['notRun']>;
  /** Where parts come from, and where their programs are looked for. */
  readonly generations: GenerationChoice;
  readonly searchPath: string;
  /** Versions of programs that are started from elsewhere. */
  readonly others: Readonly<Record<string, string>>;
  readonly images: NonNullable<Results['environment']['images']>;
}

/** Puts results.json together. */
export async function makeResults(facts: RunFacts): Promise<Results> {
  const named = Object.fromEntries(Object.entries(facts.generations).filter(([, source]) => source !== 'host'));
  return {
    suite: { name: 'proxyproof', version: packageVersion() },
    subject: facts.driver.identity,
    ...(facts.helper === undefined ? {} : { helper: facts.helper }),
    profile: facts.profile,
    environment: {
      startedAt: facts.startedAt.toISOString(),
      durationMs: Date.now() - facts.startedAt.getTime(),
      os: `${osType()} ${release()}`,
      node: process.versions.node,
      cpus: cpus().length,
      command: facts.command,
      tools: { ...(await toolVersions(facts.searchPath)), ...facts.others },
      ...(Object.keys(named).length > 0 ? { generations: named } : {}),
      ...(Object.keys(facts.images).length > 0 ? { images: facts.images } : {}),
      ...(facts.shard ? { shard: facts.shard } : {}),
    },
    outcomes: facts.outcomes,
    totals: totals(facts.outcomes, facts.strict),
    ...(facts.notRun ? { notRun: facts.notRun } : {}),
  };
}

/** How long one of them may take to say its version, in real milliseconds. */
const VERSION_LIMIT_MS = 5000;

const VERSION_COMMANDS: Readonly<Record<string, readonly string[]>> = {
  git: ['--version'],
  'git-lfs': ['--version'],
  squid: ['-v'],
  dockerd: ['--version'],
  containerd: ['--version'],
  runc: ['--version'],
};

/** The versions of the real parts that are here; what is not here is left out. @param path as PATH has it */
export async function toolVersions(path = SEARCH_PATH): Promise<Record<string, string>> {
  const found = await Promise.all(
    Object.entries(VERSION_COMMANDS).map(async ([name, args]) => {
      const file = findProgram(name, { path });
      if (!file) return [];
      const { stdout } = await probe({ path: file, args, limitMs: VERSION_LIMIT_MS });
      const version = /\d+(\.\d+)+/.exec(stdout)?.[0];
      return version ? [[name, version] as const] : [];
    }),
  );
  return Object.fromEntries(found.flat());
}
