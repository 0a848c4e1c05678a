import { UsageError } from '../conformance/errors.ts';
import { type ProfileName, profileChoice, profileNames } from '../profile/index.ts';

/** The `--profile` of a verb, checked. @throws UsageError for a profile that does not exist */
export function profileOption(options: Readonly<Record<string, unknown>>): ProfileName | undefined {
  const given = options['profile'];
  if (given === undefined) return undefined;
  const found = profileNames.find((name) => name === given);
  if (!found) throw new UsageError(`There is no profile ${String(given)}. --profile takes ${profileChoice}.`);
  return found;
}
