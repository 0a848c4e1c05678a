import { type ProfileName, under } from '../profile/index.ts';
import type { Level } from './level.ts';
import { citation, findRequirement } from './requirements/index.ts';
import type { Axis, AxisValues, CaseContext, Scenario } from './scenario.ts';

/** A scenario with one value for each of its axes, under one profile. */
export interface Case extends CaseContext {
  /** The scenario's id and every axis that is not at its default: `rate-limit/retry-after[request=trace][body=json]`. */
  readonly id: string;
  readonly scenario: Scenario;
  readonly level: Level;
  readonly citation: string;
  readonly requirement: string;
}

/**
 * All cases of some scenarios under a profile, in the order of their ids' declaration.
 * @throws Error when a scenario's id is not in the requirement register
 */
export function expand(scenarios: readonly Scenario[], profile: ProfileName): Case[] {
  return scenarios.flatMap((scenario) => {
    if (scenario.profiles && !scenario.profiles.includes(profile)) return [];
    const { level, citation: where, requirement } = registered(scenario, profile);
    return combinations(scenario.axes ?? {})
      .filter((axes) => scenario.where?.(axes, profile) ?? true)
      .map((axes) => ({
        id: scenario.id + suffix(scenario.axes ?? {}, axes),
        scenario,
        axes,
        profile,
        level,
        citation: where,
        requirement,
      }));
  });
}

function registered(scenario: Scenario, profile: ProfileName): Pick<Case, 'level' | 'citation' | 'requirement'> {
  const requirement = findRequirement(scenario.id);
  if (requirement) {
    return {
      level: under(profile, requirement.level),
      citation: citation(requirement, profile),
      requirement: under(profile, requirement.holds),
    };
  }
  if (scenario.requires) {
    return { level: scenario.requires.level, citation: scenario.requires.cites, requirement: scenario.requires.holds };
  }
  throw new Error(
    `Scenario ${scenario.id} is not in the requirement register and brings no requirement of its own. ` +
      "Give a team's scenario a `requires` with level, citation and sentence; " +
      'one of ours needs an entry of the same id in harness/conformance/requirements/.',
  );
}

function combinations(axes: Readonly<Record<string, Axis>>): AxisValues[] {
  let all: AxisValues[] = [{}];
  for (const [name, axis] of Object.entries(axes)) {
    all = all.flatMap((each) => axis.values.map((value) => ({ ...each, [name]: value })));
  }
  return all;
}

function suffix(axes: Readonly<Record<string, Axis>>, values: AxisValues): string {
  return Object.entries(axes)
    .filter(([name, axis]) => values[name] !== axis.default)
    .map(([name]) => `[${name}=${values[name]}]`)
    .join('');
}
