import type { CaseOutcome } from '../../conformance/outcome.ts';
import { type Amount, measuredValue } from '../measured/index.ts';
import type { AnswerChange } from './changed-answers.ts';
import type { Side } from './comparison.ts';
import { cautions } from './head.ts';
import { isWorse, toldGroups, type VersionComparison } from './pages.ts';
import type { ComparisonJson } from './schema.ts';
import { sentencesOf, toldOf } from './told.ts';

/** A comparison as `compare --format json` prints it. */
export function comparisonAsJson(comparison: VersionComparison): ComparisonJson {
  const { main, beside } = comparison;
  return {
    before: sideOf(main.before),
    after: sideOf(main.after),
    ...(beside ? { besideProfile: beside.after.results.profile } : {}),
    requiredGotWorse: isWorse(comparison),
    compared: main.compared,
    same: main.same,
    noVerdict: { ...main.noVerdict },
    cautions: [...cautions(comparison)],
    changes: toldGroups(comparison).map((group) => {
      const [{ before, after }] = group.changes;
      return {
        kind: group.kind,
        ...(group.page ? { page: { ...group.page } } : {}),
        ...(group.onlyUnder === undefined ? {} : { onlyUnder: group.onlyUnder }),
        scenario: group.scenario,
        level: after.level,
        requirement: after.requirement,
        citation: after.citation,
        from: before.outcome,
        to: after.outcome,
        ...toldOf(group),
        patterns: [...group.patterns],
        cases: group.changes.map((change) => {
          const { was, is } = sentencesOf(change);
          const answers = change.answers.map(answerOf);
          return { id: change.after.id, was, is, ...(answers.length > 0 ? { answers } : {}) };
        }),
      };
    }),
    varying: main.varying.map(({ after, answers }) => ({ id: after.id, because: answers[0]?.varies ?? '' })),
    onlyBefore: main.onlyBefore.map(idOf),
    onlyAfter: main.onlyAfter.map(idOf),
    leftOut: main.leftOut.map((each) => ({ ...each })),
  };
}

const idOf = ({ id }: CaseOutcome): string => id;

const sideOf = ({ name, results }: Side) => ({
  name,
  kind: results.subject.kind,
  version: results.subject.version,
  profile: results.profile,
});

function answerOf({ asked, before, after }: AnswerChange) {
  const amounts = (sentence: string | undefined): Amount[] | undefined =>
    sentence === undefined ? undefined : [...measuredValue(sentence).amounts];
  const [was, is] = [amounts(before), amounts(after)];
  return { asked, ...(was ? { was } : {}), ...(is ? { is } : {}) };
}
