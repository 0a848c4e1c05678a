import type { Column } from './column.ts';
import type { Matrix } from './matrix.ts';
import type { MatrixJson } from './schema.ts';
import { boundaryWords } from './words.ts';

/** The matrix for other programs, as schema/matrix.schema.json says. @param version Proxyproof's */
export function matrixJson({ tracks, rows, boundaries, values }: Matrix, version: string): MatrixJson {
  return {
    suite: { name: 'proxyproof', version },
    columns: tracks.flatMap(({ columns }) => columns.map(named)),
    requirements: rows.map(({ scenario, requirement, groups }) => ({
      scenario,
      requirement,
      groups: groups.map(({ cases, cells }) => ({
        cases: [...cases],
        cells: cells.map(({ entry, turn }) =>
          entry
            ? {
                outcome: entry.outcome.outcome,
                reason: entry.outcome.reason,
                ...(turn ? { turn } : {}),
                ...(entry.href === undefined ? {} : { report: entry.href }),
              }
            : null,
        ),
      })),
    })),
    boundaries: boundaries.map((each) => ({
      turn: each.turn,
      sentence: boundaryWords(each),
      before: each.before,
      after: each.after,
      from: named(each.from),
      to: named(each.to),
      under: [...each.under],
      scenarios: [...each.scenarios],
      cases: [...each.cases],
    })),
    values: values.map((each) => ({ ...each, points: [...each.points] })),
  };
}

const named = ({
  subject,
  version,
  profile,
  generations,
}: Column): Pick<Column, 'subject' | 'version' | 'profile' | 'generations'> => ({
  subject,
  version,
  profile,
  generations,
});
