import type { Scenario } from '../../harness/conformance/authoring.ts';
import { expand } from '../../harness/conformance/cases.ts';
import { judgeCase } from '../../harness/conformance/judge-case.ts';
import type { Story } from './_builder.ts';

/**
 * The outcome of a scenario's judge on a ledger, and its reason.
 * @param axes those that matter; the case is the first that has them
 */
export function judged(scenario: Scenario, story: Story, axes: Readonly<Record<string, string>> = {}) {
  const wanted = Object.entries(axes);
  const found = expand([scenario], '14.10').find((each) => wanted.every(([name, value]) => each.axes[name] === value));
  if (!found) throw new Error(`${scenario.id} has no case with ${JSON.stringify(axes)}.`);
  const { outcome, reason } = judgeCase(found, story.evidence);
  return { outcome, reason };
}
