import { expand } from '../conformance/cases.ts';
import { UsageError } from '../conformance/errors.ts';
import { missingHere } from '../conformance/needs.ts';
import { firstProfile, profileNames } from '../profile/index.ts';
import { findMutant } from '../runner/reference/mutants/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { profileOr, SCENARIOS } from './options.ts';
import { print } from './print.ts';
import { scenariosFor } from './scenarios.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const LEVELS = { R: 'required', O: 'recommended', C: 'check: measured, with no right answer' } as const;

const options = { profile: profileOr('all of them'), scenarios: SCENARIOS } as const;

/** `proxyproof show`. */
export const show = verb({
  options,
  examples: ['show rate-limit/reset-time-invalid'],
  act,
});

async function act(invocation: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { args, terminal } = invocation;
  const wanted = (args[0] ?? '').replace(/\[.*$/, '');
  const scenarios = await scenariosFor(invocation);
  const scenario = scenarios.find((each) => each.id === wanted);
  if (!scenario) throw new UsageError(`No scenario is called ${args[0]}. See proxyproof list for all of them.`);
  const write = (text: string): void => print(terminal.stdout, `${text}\n`);
  write(`${scenario.id}\n${scenario.asks}\n`);
  const asked = invocation.options.profile;
  let judged = false;
  for (const profile of asked ? [asked] : profileNames) {
    const cases = expand([scenario], profile);
    const first = cases[0];
    if (!first) continue;
    judged ||= first.level !== 'C';
    write(`Profile ${profile}: ${LEVELS[first.level]}, ${cases.length} ${cases.length === 1 ? 'case' : 'cases'}`);
    write(`  ${first.requirement}\n  ${first.citation}`);
  }
  write(`\nWhat it sets up, and how it judges\n  ${scenario.explains}`);
  if (scenario.axes) {
    write('\nAxes');
    for (const [name, axis] of Object.entries(scenario.axes)) {
      write(
        `  ${name}: ${axis.values.map((value) => (value === axis.default ? `${value} (default)` : value)).join(', ')}`,
      );
    }
  }
  const needs = [...new Set(expand([scenario], asked ?? firstProfile).flatMap((each) => scenario.needs?.(each) ?? []))];
  for (const need of needs) write(`\nNeeds ${need}: ${missingHere(need) ?? 'here'}`);
  if (scenario.control) write(`\nControl\n  Without ${scenario.control.without}, it does not pass.`);
  write('\nMutants of the reference runner that fail it');
  if (scenario.mutants.length === 0) write(judged ? '  none is named yet' : '  none: a check has no wrong answer');
  for (const name of scenario.mutants) write(`  ${name}: ${findMutant(name)?.says ?? ''}`);
  if (scenario.peerMutants) write('\nFaults of peers with which it does not pass');
  for (const { name, says } of scenario.peerMutants ?? []) write(`  ${name}: ${says}`);
  return EXIT.ok;
}
