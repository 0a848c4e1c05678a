import { readFileSync } from 'node:fs';
import type { FileScore, Survivor } from './scores.ts';

const REPORT = new URL('../../.cache/mutation.json', import.meta.url);

/** The parts of Stryker's report that are used here (mutation-testing-report-schema). */
interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}
interface Position {
  readonly line: number;
  readonly column: number;
}
interface Mutant {
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly status: string;
  readonly location: { readonly start: Position; readonly end: Position };
}

/** What Stryker's last run says of some files. @param digestOf the SHA-256 of a file's text */
export function readReport(files: readonly string[], digestOf: (file: string) => string): Record<string, FileScore> {
  const report = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
  return Object.fromEntries(
    files.map((file) => {
      const { source = '', mutants = [] } = report.files[file] ?? {};
      const count = (status: string): number => mutants.filter((each) => each.status === status).length;
      return [
        file,
        {
          sha256: digestOf(file),
          killed: count('Killed'),
          timeout: count('Timeout'),
          survived: mutants
            .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
            .map((each) => survivor(each, source)),
        },
      ];
    }),
  );
}

function survivor({ mutatorName, replacement = '', location }: Mutant, source: string): Survivor {
  const lines = source.split('\n');
  const at = ({ line, column }: Position): number =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return {
    line: location.start.line,
    mutator: mutatorName,
    before: oneLine(source.slice(at(location.start), at(location.end))),
    after: oneLine(replacement),
  };
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, 160);
