import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { CaseOutcome } from '../../harness/conformance/index.ts';
import {
  type Case,
  expand,
  findRequirement,
  hasEngine,
  isNewIn,
  judgeCase,
  loadScenarios,
  type PeerMutant,
  type ProfileName,
  profileNames,
  runCases,
  Slots,
} from '../../harness/conformance/index.ts';
import { engineOf } from '../../harness/generations/index.ts';
import { countingSink, Evidence, type LedgerEvent } from '../../harness/ledger/index.ts';
import { firstProfile, under } from '../../harness/profile/index.ts';
import { dockerMutants, type ReferenceOptions, referenceDriver } from '../../harness/runner/reference/index.ts';
import { createRunContext } from '../../harness/world/index.ts';

/** Every scenario of ours. */
export const ownScenarios = () => loadScenarios([fileURLToPath(new URL('../../scenarios', import.meta.url))]);

/**
 * The cases that stand for a scenario's whole product of axes: the one with every axis at its first value, and for each
 * other value the one that differs in it alone. A fault that shows in a shape shows in one of them.
 */
export function representative(cases: readonly Case[]): Case[] {
  return [...Map.groupBy(cases, (each) => each.scenario.id).values()].flatMap((family) => {
    const axes = family[0]?.scenario.axes ?? {};
    const base = (name: string): string | undefined => axes[name]?.default ?? axes[name]?.values[0];
    const distance = (each: Case): number => Object.keys(axes).filter((name) => each.axes[name] !== base(name)).length;
    const nearest = Math.min(...family.map(distance));
    const chosen = new Set(family.filter((each) => distance(each) <= Math.max(1, nearest)));
    // A value that only goes with others is in the cases that differ in as little as can be.
    for (const [name, { values }] of Object.entries(axes)) {
      for (const value of values) {
        const having = family.filter((each) => each.axes[name] === value);
        if (having.some((each) => chosen.has(each))) continue;
        const least = Math.min(...having.map(distance));
        for (const each of having) if (distance(each) === least) chosen.add(each);
      }
    }
    return family.filter((each) => chosen.has(each));
  });
}

/**
 * Cases that a subject could be wrong in: a check cannot fail. Squid tells nothing about a mutant that `basic` does not.
 * @param mutant where it is given, a scenario that names it is asked in all cases that stand for it, under the profiles that ask
 * something new there (see `isAskedIn`).
 * The others must stay content, but for those that take long: where a scenario of their family names the mutant, in their first case
 * under the first profile (those of rate limits in all of their cases, and in one each under the others); else the plainest
 * of the family. Of cases with a Docker engine, which take seconds each, see `judgedWithEngine`.
 */
export async function judgedCases(profile: ProfileName, mutant?: string): Promise<Case[]> {
  const judged = await judgeable(profile);
  const plain = judged.filter((each) => !hasEngine(each));
  const chosen = new Set(representative(plain));
  const cases = plain.filter((each) => chosen.has(each) || SHOWN_IN[mutant ?? '']?.test(each.id));
  if (mutant === undefined) return cases;
  if (isAboutContainers(mutant)) return judgedWithEngine(judged, profile, mutant);
  const named = new Set(cases.filter(({ scenario }) => scenario.mutants.includes(mutant)).map(familyOf));
  const withoutEngine = cases.filter((each, index) => {
    const { id, mutants } = each.scenario;
    if (!isAskedIn(profile, each)) return false;
    if (mutants.includes(mutant)) return true;
    if (isCostly(each)) return false;
    const isFirst = cases.findIndex(({ scenario }) => scenario === each.scenario) === index;
    const isAbout = named.has(familyOf(each));
    if (id.startsWith('rate-limit/') && isAbout) return profile === firstProfile || isFirst;
    if (!isFirst || profile !== firstProfile) return false;
    return isAbout || (PLAINEST[familyOf(each)] ?? id) === id;
  });
  // A scenario that has both is asked about such a mutant where it costs less.
  const asked = new Set(withoutEngine.map(({ scenario }) => scenario));
  return [
    ...withoutEngine,
    ...judgedWithEngine(judged, profile, mutant).filter(({ scenario }) => !asked.has(scenario)),
  ];
}

/**
 * Cases with a Docker engine: of every scenario that names the mutant the first (and the first by https, where the fault
 * may be in nothing else), and, for a mutant of the Docker executor, of those that must stay content one for each thing
 * that jobs do in containers. They are asked under the first profile that holds a subject to them.
 */
function judgedWithEngine(judged: readonly Case[], profile: ProfileName, mutant: string): Case[] {
  const held = judged.filter((each) => isFirstHeldIn(profile, each));
  const shown = held.filter(({ id }) => SHOWN_IN[mutant]?.test(id));
  if (shown.length > 0) return shown;
  const withEngine = held.filter(hasEngine);
  const cases = isAboutContainers(mutant)
    ? firstOfEach(withEngine)
    : [...Map.groupBy(withEngine, ({ axes }) => axes['scheme']).values()].flatMap(firstOfEach);
  return cases.filter(
    ({ scenario }) =>
      scenario.mutants.includes(mutant) || (isAboutContainers(mutant) && WITNESSES.includes(scenario.id)),
  );
}

/** A fault that shows in one case of its scenario, which is not the first. */
const SHOWN_IN: Readonly<Record<string, RegExp>> = {
  'docker-ignores-network-per-build': /^containers\/environment\[network=per-build\]/,
  'docker-shows-any-login': /^docker\/daemon-pull-through-proxy\[login=other-registry\]/,
  'keeps-files-over-artifacts': /^artifacts\/through-proxy\[there=same-file\]/,
  'unpacks-cut-artifacts': /^artifacts\/outage\[at=download\]\[outage=cuts\]$/,
  'shows-job-token-to-storage': /\[storage=object-storage\]/,
  'waits-for-tunnels-for-good': /^polling\/proxy-down\[how=one-connection\]\[scheme=https\]/,
  'shares-tunnels': /^polling\/redirect\[request=download\]\[status=302\]\[scheme=https\]/,
};

/** The first case of each scenario that has a Docker engine and a control, under the first profile that holds a subject to it. */
export async function controlledWithEngine(profile: ProfileName): Promise<Case[]> {
  return firstOfEach(
    (await judgeable(profile)).filter(
      (each) => hasEngine(each) && each.scenario.control && isFirstHeldIn(profile, each),
    ),
  );
}

const judgeable = async (profile: ProfileName): Promise<Case[]> =>
  expand(await ownScenarios(), profile).filter(
    ({ level, axes, scenario }) =>
      level !== 'C' && axes['proxy'] !== 'squid' && axes['interceptor'] !== 'squid' && runsHere(scenario),
  );

/** The Docker of this machine, by which the suite's own tests have their engines. */
const docker = await engineOf('host', { cacheDir: '' });

/** Whether a scenario can run with this machine's Docker. */
export const runsHere = ({ needs }: Case['scenario']): boolean =>
  !needs?.({ axes: {}, profile: '14.10' }).includes('docker-23') || Number.parseInt(docker.version ?? '', 10) >= 23;

const firstOfEach = (cases: readonly Case[]): Case[] =>
  cases.filter((each, index) => cases.findIndex(({ scenario }) => scenario === each.scenario) === index);

/** Whether a mutant differs from the honest runner in nothing but its Docker executor. */
const isAboutContainers = (mutant: string): boolean => dockerMutants.some(({ name }) => name === mutant);

/** What a mutant of the Docker executor that they do not name must leave as it is: a clone, artifacts, a cache, a push. */
const WITNESSES = [
  'git/clone-through-proxy',
  'containers/environment',
  'artifacts/through-proxy',
  'cache/through-proxy',
  'docker/push-through-proxy',
];

/** Of families with many scenarios: what a mutant must leave as it is that none of them names. */
const PLAINEST: Readonly<Record<string, string>> = {
  git: 'git/clone-through-proxy',
  polling: 'polling/through-proxy',
  'rate-limit': 'rate-limit/reset-time-valid',
  tls: 'tls/runner',
};

const familyOf = ({ scenario }: Case): string => scenario.id.split('/')[0] ?? '';

/** Whether a case is worth its time under a profile: it is where that asks something else than the profile before it. */
export function isAskedIn(profile: ProfileName, { scenario }: Case): boolean {
  const requirement = findRequirement(scenario.id);
  return !requirement || isNewIn(profile, requirement);
}

/** Whether a profile is the first that holds a subject to a case; those before it only measure, or do not have it. */
function isFirstHeldIn(profile: ProfileName, { scenario }: Case): boolean {
  const level = findRequirement(scenario.id)?.level;
  return profile === (level ? profileNames.find((name) => under(name, level) !== 'C') : firstProfile);
}

/** What takes seconds, and says nothing of a mutant that others do not, but for those made for it. */
const isCostly = ({ id, scenario }: Case): boolean =>
  ['git/large', 'polling/idle', 'polling/two-jobs', 'polling/job-lifecycle', 'polling/outage-mid-job'].includes(
    scenario.id,
  ) || /^rate-limit\/.*(\[after=hour\]|\[size=5MiB\])/.test(id);

/** The case with what a fault of a peer, or a control, has in place of its own arrangement. */
export function withFault(each: Case, fault: Pick<PeerMutant, 'world' | 'act'>): Case {
  const { world, act } = fault;
  return { ...each, scenario: { ...each.scenario, ...(world ? { world } : {}), ...(act ? { act } : {}) } };
}

/** A mutant's name, or what the runner does in another way. */
type Differs = string | Pick<ReferenceOptions, 'varies'>;

/** Runs cases against the reference runner, a mutant or a variant of it. */
export async function runReference(
  cases: readonly Case[],
  profile: ProfileName,
  differs?: Differs,
  heard: (event: LedgerEvent) => void = () => {},
): Promise<CaseOutcome[]> {
  const outcomes = await runOnce(cases, profile, differs, heard);
  // What a busy machine spoiled says nothing: it is asked again, as the reason says, alone.
  const spoiled = new Set(outcomes.filter(isSpoiled).map(({ id }) => id));
  if (spoiled.size === 0) return outcomes;
  const again = cases.filter(({ id }) => spoiled.has(id));
  const anew = await runOnce(again, profile, differs, heard, 1);
  return outcomes.map((each) => anew.find(({ id }) => id === each.id) ?? each);
}

export const isSpoiled = ({ outcome, reason }: CaseOutcome): boolean =>
  outcome === 'error' && reason.startsWith('The machine had too much to do');

async function runOnce(
  cases: readonly Case[],
  profile: ProfileName,
  differs: Differs = {},
  heard: (event: LedgerEvent) => void,
  atOnce = 8,
): Promise<CaseOutcome[]> {
  await using run = await createRunContext();
  const counting = countingSink();
  const lines: string[] = [];
  const outcomes = await runCases({
    cases,
    driver: referenceDriver({ profile, ...(typeof differs === 'string' ? { mutant: differs } : differs) }),
    run,
    sink: {
      nextSeq: () => counting.nextSeq(),
      write: ({ event }) => {
        lines.push(JSON.stringify(event));
        heard(event);
      },
    },
    jobs: atOnce,
    engines: new Slots(Math.min(2, atOnce)),
    starting: atOnce,
    signal: new AbortController().signal,
  });
  expectSameAgain(cases, outcomes, lines);
  for (const each of outcomes) expectAnnounced(cases, each);
  return outcomes;
}

/** That a case whose act goes by the page says so in advance. */
function expectAnnounced(cases: readonly Case[], { id, profiles }: CaseOutcome): void {
  const each = cases.find((one) => one.id === id);
  if (!each || !profiles || profiles.length === profileNames.length) return;
  expect([id, each.scenario.asksPage?.(each.axes)]).toEqual([id, true]);
}

/** That the ledger alone, as it stands in its file, gives every verdict once more: what `recheck` promises. */
function expectSameAgain(cases: readonly Case[], outcomes: readonly CaseOutcome[], lines: readonly string[]): void {
  const stored = Map.groupBy(
    lines.map((line) => JSON.parse(line) as LedgerEvent),
    (event) => event.case,
  );
  for (const { id, outcome, reason, findings, evidence } of outcomes) {
    const each = cases.find((one) => one.id === id);
    if (!each || outcome === 'skip') continue;
    const again = judgeCase(each, new Evidence(stored.get(id) ?? []));
    expect({ id, ...again }).toEqual({ id, outcome, reason, findings, evidence });
  }
}

/**
 * The scenarios a mutant fails, under any profile, with what was observed.
 * @returns those that it breaks no more than an invariant of in `invariants`: that is looked at everywhere, and no scenario names it
 */
export async function failedBy(
  mutant: string,
): Promise<{ readonly failed: ReadonlyMap<string, string>; readonly invariants: ReadonlySet<string> }> {
  const failed = new Map<string, string>();
  const own = new Set<string>();
  for (const profile of profileNames) {
    const cases = await judgedCases(profile, mutant);
    if (cases.length === 0) continue;
    for (const each of await runReference(cases, profile, mutant)) {
      if (each.outcome === 'error') throw new Error(`${each.id} broke under ${mutant}: ${each.reason}`);
      // A blocked case could not be judged: what it depends on fails for the mutant too, and says so.
      if (each.outcome !== 'fail' && each.outcome !== 'warn') continue;
      failed.set(each.scenario, `${failed.get(each.scenario) ?? ''}${profile} ${each.id}: ${each.reason}\n`);
      if (each.findings.some(({ verdict, invariant }) => verdict === 'fails' && !invariant)) own.add(each.scenario);
    }
  }
  return { failed, invariants: new Set([...failed.keys()].filter((id) => !own.has(id))) };
}
