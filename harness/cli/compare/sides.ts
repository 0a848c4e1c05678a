import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { matchesCase, UsageError } from '../../conformance/index.ts';
import type { Results } from '../../conformance/outcome.ts';
import { type ProfileName, profileNames } from '../../profile/index.ts';
import type { Ledgers } from '../../report/compare/page/pairs.ts';
import { readResults, readRun } from '../../report/index.ts';
import { LEDGER_FILE } from '../../report/ledger-file.ts';
import type { Contender, ContenderRun, Runs, WantedCases } from '../versions/index.ts';

/** A run of each of the two, under one profile. */
export interface SidesUnder {
  readonly before: Results;
  readonly after: Results;
}

/** The two that are compared, under the profile that they share and, where it is wanted, under another one besides. */
export interface Sides {
  readonly main: SidesUnder;
  readonly beside?: SidesUnder;
  /** By their results, as far as there is one: it is read where pictures are drawn. */
  ledgers(): Promise<Ledgers>;
}

/** Which cases are compared, and under which profile. */
export interface SidesWanted extends Omit<WantedCases, 'profile'> {
  /** `each`: the older one's, and the newer one's beside it. */
  readonly profile: ProfileName | 'each' | undefined;
}

/**
 * Gets the two runs: those that are stored are read, versions are run unless they were before.
 * @throws UsageError when a profile is wanted that a stored run does not have; and what getting a run throws
 */
export async function sidesOf(
  [before, after]: readonly [Contender, Contender],
  wanted: SidesWanted,
  runs: Runs,
): Promise<Sides> {
  const dirs = new Map<Results, string>();
  const stored = [before, after].filter((each) => each.is === 'stored');
  const [main, beside] = await profilesFor([before, after], wanted.profile, runs);
  const known = await Promise.all(stored.map(({ dir }) => readResults(dir)));
  const cases = { ...wanted, globs: wanted.globs.length > 0 ? wanted.globs : scenariosIn(known) };

  const under = async (profile: ProfileName | undefined): Promise<SidesUnder> => {
    const own = profile === undefined ? withoutProfile(cases) : { ...cases, profile };
    const both = await Promise.all([before, after].map((each) => runs.of(each, own)));
    const [one, other] = await Promise.all(both.map(async (run) => resultsOf(run, wanted.globs, dirs)));
    if (!one || !other) throw new Error('two contenders have two runs');
    return { before: one, after: other };
  };
  return {
    main: await under(main),
    ...(beside === undefined ? {} : { beside: await under(beside) }),
    ledgers: async () => {
      const all = await Promise.all(
        [...dirs].map(async ([results, dir]) => {
          const hasLedger = existsSync(join(dir, LEDGER_FILE));
          return hasLedger ? [[results, (await readRun(dir)).events] as const] : [];
        }),
      );
      return new Map(all.flat());
    },
  };
}

function withoutProfile({ profile: _, ...rest }: SidesWanted): WantedCases {
  return rest;
}

/** What a stored run has is what a version is run for. */
const scenariosIn = (known: readonly Results[]): readonly string[] => [
  ...new Set(known.flatMap(({ outcomes }) => outcomes.map(({ scenario }) => scenario))),
];

async function resultsOf(
  { dir }: ContenderRun,
  globs: readonly string[],
  dirs: Map<Results, string>,
): Promise<Results> {
  const all = await readResults(dir);
  const isWanted = ({ id, scenario }: { readonly id: string; readonly scenario: string }): boolean =>
    globs.length === 0 || globs.some((glob) => matchesCase(glob, { id, scenario: { id: scenario } }));
  const results = { ...all, outcomes: all.outcomes.filter(isWanted) };
  dirs.set(results, dir);
  return results;
}

/** The profile both are held to, and the one beside it; none where two runs are there that have one each. */
async function profilesFor(
  contenders: readonly [Contender, Contender],
  wanted: SidesWanted['profile'],
  runs: Runs,
): Promise<readonly (ProfileName | undefined)[]> {
  const stored = contenders.filter((each) => each.is === 'stored');
  const own = await Promise.all(
    contenders.map(async (each) => ({ each, profile: (await runs.profileOf(each)) as ProfileName })),
  );
  const fixed = own.filter(({ each }) => each.is === 'stored');
  if (wanted === 'each' && stored.length > 0) {
    throw new UsageError(
      `--profile each runs both, and ${stored[0]?.label} is a run that is there already, under one profile. Name two versions, or leave --profile out.`,
    );
  }
  for (const { each, profile } of fixed) {
    if (wanted !== undefined && wanted !== profile) {
      throw new UsageError(
        `${each.label} is a run under profile ${profile}, and nothing of it can be held to profile ${wanted}. Leave --profile out.`,
      );
    }
  }
  if (fixed.length === 2) return [];
  if (fixed[0]) return [fixed[0].profile];
  const [older, newer] = own
    .map(({ profile }) => profile)
    .toSorted((a, b) => profileNames.indexOf(a) - profileNames.indexOf(b));
  if (wanted === 'each') return older === newer ? [older] : [older, newer];
  return [wanted ?? older];
}
