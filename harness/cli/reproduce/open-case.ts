import { UsageError } from '../../conformance/index.ts';
import { readCase, readOverrides, type Settings, type WrittenCase } from '../../reproduce/index.ts';
import { openBundles } from '../check/bundles.ts';
import type { Terminal } from '../exit.ts';

/** What the command line has of a case. */
export interface CaseOptions {
  /** A log besides the bundle. */
  readonly symptom?: string | undefined;
  readonly proxy?: string | undefined;
  readonly intercept: boolean;
  /** `KEY=VALUE` each. */
  readonly set: readonly string[];
}

/**
 * Opens what was named: files of a customer's, or a case that was written down; with what is set in place of what they say.
 * @throws UsageError for what cannot be read, and for a key or a value that cannot be set
 */
export async function openCase(args: readonly string[], given: CaseOptions, terminal: Terminal): Promise<WrittenCase> {
  const { symptom } = given;
  const bundle = await openBundles(symptom === undefined ? args : [...args, symptom], terminal);
  try {
    const written = readCase(bundle) ?? { bundle, set: {} };
    const set = { ...written.set, ...setBy(given) };
    readOverrides(set);
    return { ...written, set };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** What is set on the command line. */
function setBy({ proxy, intercept, set }: CaseOptions): Settings {
  const pairs = set.map((each) => {
    const at = each.indexOf('=');
    return [each.slice(0, at), each.slice(at + 1)] as const;
  });
  return {
    ...(proxy === undefined ? {} : { 'proxy.auth': proxy }),
    ...(intercept ? { 'proxy.intercept': 'true' } : {}),
    ...Object.fromEntries(pairs),
  };
}
