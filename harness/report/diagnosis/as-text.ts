import type { Diagnosis, Finding } from '../../diagnosis/index.ts';
import { maskedText } from '../../url/index.ts';

/** How much of a line is shown, in characters. */
const SHOWN = 160;

/** What the diagnosis is shown with. */
export interface TextOptions {
  /** Whether notes are shown, too. */
  readonly notes: boolean;
  /** The lines of a file of the bundle; undefined for one that cannot be shown. */
  readonly linesOf: (file: string) => readonly string[] | undefined;
}

/** A diagnosis for a person: the verdict first, then every cause with its line and its remedy, then what was read. */
export function diagnosisAsText(diagnosis: Diagnosis, options: TextOptions): string {
  const shown = diagnosis.findings.filter(({ severity }) => options.notes || severity !== 'note');
  return [verdict(shown), ...shown.map((each) => finding(each, options)), closing(diagnosis)].join('\n');
}

function verdict([first, ...others]: readonly Finding[]): string {
  if (!first) return 'Nothing wrong was found.\n';
  const more = others.length === 0 ? '' : ` And ${others.length} more below.`;
  return `${first.severity === 'error' ? 'This does not work' : 'This works in part only'}: ${maskedText(first.says)}${more}\n`;
}

function finding({ cause, severity, file, line, at, says, remedy, runner }: Finding, options: TextOptions): string {
  const place = `${file}${line === undefined ? '' : `:${line}`}`;
  const of = runner === undefined ? '' : ` (runner ${runner})`;
  const lines = options.linesOf(file);
  const written = line === undefined ? undefined : lines?.[line - 1];
  const edits = (remedy.edits ?? []).flatMap((edit) => {
    const before = options.linesOf(edit.file)?.[edit.line - 1];
    return [
      ...(before === undefined ? [] : [`    - ${cut(before)}`]),
      ...(edit.to === '' ? [] : edit.to.split('\n').map((each) => `    + ${cut(each)}`)),
    ];
  });
  return [
    `${place}: ${severity}: ${cause}${of}`,
    ...(written === undefined || edits.length > 0 ? [] : [`    ${cut(written)}`, ...marked(cut(written), at)]),
    `    ${maskedText(says)}`,
    ...edits,
    `    ${maskedText(remedy.says)}`,
    '',
  ].join('\n');
}

const cut = (line: string): string => {
  const masked = maskedText(line.replaceAll('\t', ' '));
  return masked.length > SHOWN ? `${masked.slice(0, SHOWN)}…` : masked;
};

function marked(line: string, at: string | undefined): readonly string[] {
  const from = at === undefined || at === '' ? -1 : line.indexOf(at);
  return from < 0 || at === undefined ? [] : [`    ${' '.repeat(from)}${'^'.repeat(at.length)}`];
}

function closing({ read, unread }: Diagnosis): string {
  const kinds = Map.groupBy(read, ({ file }) => file);
  const files = [...kinds].map(([file, as]) => `  ${file}: ${[...new Set(as.map((each) => each.as))].join(', ')}`);
  const not = unread.map(({ file, why }) => `  ${file}: it ${why}`);
  return [
    ...(files.length > 0 ? [`Read:`, ...files] : ['No file was read.']),
    ...(not.length > 0 ? ['Not read:', ...not] : []),
    '',
  ].join('\n');
}
