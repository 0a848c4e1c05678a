import type { ProfileName, Scenario } from '../../harness/conformance/authoring.ts';
import { expand } from '../../harness/conformance/cases.ts';
import { judgeCase } from '../../harness/conformance/judge-case.ts';
import { Evidence, type LedgerEvent } from '../../harness/ledger/index.ts';
import type { Story } from './_builder.ts';

/** A record that was written by hand, with the end that the ledger of every case has: a judge sees nothing of it. */
export function ended({ events }: Evidence): Evidence {
  const last = events.at(-1);
  const end = (kind: 'case-end' | 'case-closed', after: number): LedgerEvent => ({
    seq: (last?.seq ?? 0) + after,
    case: 'by/hand',
    t: last?.t ?? 0,
    peer: 'harness',
    kind,
  });
  return new Evidence([...events, end('case-end', 1), end('case-closed', 2)]);
}

/**
 * The outcome of a scenario's judge on a ledger, and its reason.
 * @param axes those that matter; the case is the first that has them
 */
export function judged(
  scenario: Scenario,
  story: Story,
  axes: Readonly<Record<string, string>> = {},
  profile: ProfileName = '14.10',
) {
  const wanted = Object.entries(axes);
  const found = expand([scenario], profile).find((each) => wanted.every(([name, value]) => each.axes[name] === value));
  if (!found) throw new Error(`${scenario.id} has no case with ${JSON.stringify(axes)}.`);
  const { outcome, reason } = judgeCase(found, ended(story.evidence));
  return { outcome, reason };
}
