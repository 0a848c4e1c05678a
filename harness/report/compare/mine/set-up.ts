import { UsageError } from '../../../conformance/errors.ts';
import type { CaseOutcome } from '../../../conformance/outcome.ts';
import { FACTS } from './facts.ts';

/** What is known of the reader's own set-up: values by name, several where it has several. What has no name is not known. */
export type SetUp = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Reads what a user says of their set-up: `proxy=squid,scheme=https,executor=docker`. A name that comes again adds a value.
 * @param outcomes those that are compared: their axes are the names that can be said, besides `FACTS`
 * @throws UsageError when a name or a value means nothing
 */
export function readSetUp(typed: string, outcomes: readonly CaseOutcome[]): SetUp {
  const known = valuesKnown(outcomes);
  const setUp = new Map<string, Set<string>>();
  for (const pair of typed.split(',').map((each) => each.trim())) {
    const [, name = '', value = ''] = /^([\w-]+)=(.+)$/.exec(pair) ?? [];
    if (name === '') {
      throw new UsageError(
        `--mine takes pairs such as proxy=squid,scheme=https,executor=docker, or customer's files; "${pair}" is neither.`,
      );
    }
    const values = known.get(name);
    if (!values) {
      throw new UsageError(
        `--mine knows no ${name}. What can be said of a set-up: ${[...known.keys()].toSorted().join(', ')}.`,
      );
    }
    if (!values.has(value)) {
      throw new UsageError(`--mine knows no ${name}=${value}. It can be ${[...values].toSorted().join(', ')}.`);
    }
    setUp.set(name, (setUp.get(name) ?? new Set()).add(value));
  }
  return setUp;
}

function valuesKnown(outcomes: readonly CaseOutcome[]): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, Set<string>>(FACTS.map(({ name, values }) => [name, new Set(values)]));
  for (const { axes } of outcomes) {
    for (const [name, value] of Object.entries(axes)) known.set(name, (known.get(name) ?? new Set()).add(value));
  }
  return known;
}

/** A set-up as it could be typed. */
export const setUpWords = (setUp: SetUp): string =>
  [...setUp].flatMap(([name, values]) => [...values].map((value) => `${name}=${value}`)).join(',');
