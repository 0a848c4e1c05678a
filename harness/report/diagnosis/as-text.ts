import {
  type Diagnosis,
  type Edit,
  type FoundCause,
  type HostRoute,
  isGrave,
  type Question,
  routesOf,
  takesEffect,
} from '../../diagnosis/index.ts';
import { printable } from '../terminal/printable.ts';
import { labelled, type Paint, painter, wrap } from '../terminal/text.ts';
import { change } from './change.ts';
import { excerpt } from './excerpt.ts';
import { type Mask, maskOf } from './mask.ts';
import { nothingWrong } from './nothing-wrong.ts';
import { routeTable } from './table.ts';

/** What the diagnosis is shown with. */
export interface TextOptions {
  /** Whether notes are shown, too. */
  readonly notes: boolean;
  /** The lines of a file of the bundle; undefined for one that cannot be shown. */
  readonly linesOf: (file: string) => readonly string[] | undefined;
  /** Columns of the terminal. */
  readonly width: number;
  readonly colour: boolean;
}

/** The same with what hides the files' secrets. */
interface Shown extends TextOptions {
  readonly mask: Mask;
}

/** A line, and how it is to look. Files' own words may hold what acts on a terminal, so colours come last. */
type Line = string | readonly [style: Parameters<Paint>[0], text: string];

/** A diagnosis for a person: the verdict with its line and its remedy, then the others, who goes where, and what was read. */
export function diagnosisAsText(diagnosis: Diagnosis, given: TextOptions): string {
  const options: Shown = { ...given, mask: maskOf(diagnosis) };
  const { mask } = options;
  const { findings, picture } = diagnosis;
  const shown = findings.filter((each) => options.notes || isGrave(each));
  const hidden = findings.length - shown.length;
  const [first, ...others] = shown;
  const routes = routesOf(picture);
  const lines: readonly Line[] = [
    ...(first && isGrave(first)
      ? [...verdict(first, options), ...details(first, options), ...besides(others, options)]
      : [...nothing(diagnosis, options), ...besides(shown, options)]),
    ...effect(shown, diagnosis, options),
    ...asked(diagnosis.asks, options),
    ...(hidden > 0
      ? [`${hidden === 1 ? 'One note is' : `${hidden} notes are`} not shown: --notes shows them.`, '']
      : []),
    ...table(routes, diagnosis, options),
    ...closing(diagnosis, options),
    '',
  ];
  const paint = painter(options.colour);
  return lines
    .map((line) => (typeof line === 'string' ? printable(mask(line)) : paint(line[0], printable(mask(line[1])))))
    .join('\n');
}

function besides(findings: readonly FoundCause[], options: Shown): Line[] {
  if (findings.length === 0) return [];
  return [
    heading(`Besides (${findings.length})`),
    '',
    ...findings.flatMap((each) => [title(each), ...said(each, options), ...details(each, options)]),
  ];
}

/** What makes the changes count that are shown. */
function effect(findings: readonly FoundCause[], { picture }: Diagnosis, { width }: Shown): string[] {
  const says = takesEffect(
    picture,
    findings.flatMap(({ remedy }) => remedy.edits ?? []),
  );
  return says === undefined ? [] : [...wrap(says, width), ''];
}

const heading = (text: string): Line => ['bold', text];

/** The gravest cause in one sentence. */
function verdict(finding: FoundCause, { width, mask }: Shown): Line[] {
  const [says, colour] =
    finding.severity === 'error'
      ? (['This does not work', 'red'] as const)
      : (['This works in part only', 'yellow'] as const);
  const text = wrap(`${says}: ${mask(finding.says)}`, width);
  return [...text.map((line): Line => [['bold', colour], line]), '', title(finding)];
}

function title({ file, line, cause, severity, runner }: FoundCause): Line {
  const place = `${file}${line === undefined ? '' : `:${line}`}`;
  const of = runner === undefined ? '' : ` (${/^runner \d+$/.test(runner) ? runner : `runner ${runner}`})`;
  return ['bold', `${place}: ${severity}: ${cause}${of}`];
}

const said = ({ says }: FoundCause, { width, mask }: Shown): string[] => indented(mask(says), width);

function details({ file, line, at, remedy }: FoundCause, options: Shown): Line[] {
  const written = line === undefined ? undefined : lineOf(file, line, options);
  const marked = written === undefined || line === undefined ? [] : excerpt(written, line, at, options.width);
  const hidden: Edit[] = [];
  const edits = (remedy.edits ?? []).flatMap((edit): Line[] => {
    const before = lineOf(edit.file, edit.line, options);
    const place = edit.file === file && edit.line === line ? [] : [`    in ${edit.file}:${edit.line}`];
    const after = edit.to === '' ? [] : edit.to.split('\n').map(options.mask);
    const shown = change(before, after, options.width - 4);
    if (!shown) {
      hidden.push(edit);
      return [];
    }
    return [
      ...place,
      ...shown.taken.map((each): Line => ['red', `  - ${each}`]),
      ...shown.put.map((each): Line => ['green', `  + ${each}`]),
    ];
  });
  return [
    ...marked,
    ...indented(options.mask(remedy.says), options.width),
    ...edits,
    ...inPassword(hidden).flatMap((each) => indented(each, options.width)),
    '',
  ];
}

/** Where edits are that cannot be shown, once for all of them. */
function inPassword(edits: readonly Edit[]): readonly string[] {
  if (edits.length === 0) return [];
  const places = [...Map.groupBy(edits, ({ file }) => file)].map(
    ([file, of]) => `${file}:${of.map(({ line }) => line).join(', ')}`,
  );
  return [`(What changes stands in the password, which is not shown: ${places.join('; ')}. --fix writes it.)`];
}

/** A line as its file has it, without what is secret in it. */
function lineOf(file: string, line: number, { linesOf, mask }: Shown): string | undefined {
  const written = linesOf(file)?.[line - 1];
  return written === undefined ? undefined : mask(written);
}

const indented = (text: string, width: number): string[] => wrap(text, width - 2).map((each) => `  ${each}`);

function nothing(diagnosis: Diagnosis, { mask, width }: Shown): string[] {
  if (diagnosis.read.length === 0) return ['Nothing could be read.', ''];
  return [...nothingWrong(diagnosis, mask).flatMap((each) => wrap(each, width)), ''];
}

function asked(asks: readonly Question[], options: Shown): Line[] {
  if (asks.length === 0) return [];
  return [
    heading('No cause is certain. What would decide'),
    ...asks.flatMap(({ command, decides }) => [`  ${command}`, ...indented(`  ${decides}`, options.width), '']),
  ];
}

/** More rows than that are for --table. */
const MOST_ROWS = 30;

function table(routes: readonly HostRoute[], { findings }: Diagnosis, { mask }: Shown): Line[] {
  if (routes.length === 0) return [];
  return [heading('Who goes where'), ...routeTable(routes, findings, mask, MOST_ROWS).split('\n')];
}

function closing({ read, unread }: Diagnosis, { width }: TextOptions): string[] {
  const kinds = Map.groupBy(read, ({ file }) => file);
  const files = [...kinds].map(([file, as]) => `${file} (${[...new Set(as.map((each) => each.as))].join(', ')})`);
  const not = unread.map(({ file, why }) => `${file}: it ${why}`);
  return [
    ...(files.length > 0 ? listed('Read', files, width) : []),
    ...(not.length > 0 ? listed('Not read', not, width) : []),
  ];
}

/** How many files are named, of more. */
const MOST = 12;

function listed(label: string, files: readonly string[], width: number): string[] {
  const more = files.length > MOST ? [`and ${files.length - MOST} more; --json names all`] : [];
  return [...files.slice(0, MOST), ...more].flatMap((each, index) =>
    labelled(index === 0 ? label : '', each, { width, indent: 0, column: 10 }),
  );
}
