import { type Diagnosis, isGrave } from '../../diagnosis/index.ts';
import { type Candidate, type Reproduction, STEP_WORDS, type Tried } from '../../reproduce/index.ts';
import type { Mask } from '../diagnosis/mask.ts';
import { printable } from '../terminal/printable.ts';
import { labelled as labelledPlain, painter, wrap as wrapPlain } from '../terminal/text.ts';
import { runnerBug } from './bug/runner-bug.ts';
import { failureWords } from './failure-words.ts';
import { headlineOf } from './headline.ts';
import { maskOfCase } from './mask-of-case.ts';
import { type RemedyText, remedyText } from './remedy/index.ts';
import { COLLECT, othersTried, placeOf, triedWords } from './tried-words.ts';

/** How the result is shown. */
export interface ReproductionTextOptions {
  readonly width: number;
  readonly colour: boolean;
}

/** The same with what hides secrets: before a text is wrapped, as one may be broken over two lines. */
interface ShownWith extends ReproductionTextOptions {
  readonly mask: Mask;
}

const wrap = (text: string, width: number, { mask }: Pick<ShownWith, 'mask'>): string[] => wrapPlain(mask(text), width);

const labelled = (
  label: string,
  text: string,
  { mask, ...place }: Pick<ShownWith, 'mask' | 'width'> & { readonly indent?: number; readonly column?: number },
): string[] => labelledPlain(label, mask(text), place);

type Line = string | readonly [style: 'bold' | 'red' | 'green' | 'dim', text: string];

/** What came of a customer's case, for a person: what was seen, what mends it, and what was assumed. */
export function reproductionAsText(result: Reproduction, given: ReproductionTextOptions): string {
  const mask = maskOfCase(result);
  const options: ShownWith = { ...given, mask };
  const lines: readonly Line[] = [
    ['bold', headlineOf(result)],
    '',
    ...symptom(result, options),
    ...tried(result, options),
    ...proof(result, options, mask),
    ...ofRunner(result, options),
    ...assumed(result, options),
    ...asks(result.diagnosis, result, options),
  ];
  const paint = painter(options.colour);
  return `${lines
    .map((line) => (typeof line === 'string' ? printable(mask(line)) : paint(line[0], printable(mask(line[1])))))
    .join('\n')
    .trimEnd()}\n`;
}

const heading = (text: string): Line => ['bold', text];

function symptom({ comparison, trial }: Reproduction, { width, mask }: ShownWith): Line[] {
  const there = 'symptom' in comparison ? comparison.symptom : undefined;
  const here = trial.failed;
  if (!there && !here) return [];
  return [
    ...(there
      ? labelled('there', `${there.text} (${there.file}:${there.line})`, { width, mask, indent: 0, column: 8 })
      : []),
    ...(here ? labelled('here', failureWords(here.failure), { width, mask, indent: 0, column: 8 }) : []),
    '',
  ];
}

function tried({ trial }: Reproduction, { width, mask }: ShownWith): Line[] {
  return [
    heading('What was tried'),
    ...trial.steps.flatMap(({ step, failure }) =>
      labelled(failure ? '✗' : '✓', failure ? `${STEP_WORDS[step]}: ${failureWords(failure)}` : STEP_WORDS[step], {
        width,
        mask,
        column: 2,
      }),
    ),
    '',
  ];
}

function proof(
  { proof: found, candidates, trial, diagnosis, plan }: Reproduction,
  options: ShownWith,
  mask: Mask,
): Line[] {
  if (!trial.failed) return [];
  if (!found) {
    if (candidates.length === 0) return ['No remedy is known for what these files have.', ''];
    return [
      heading('What may mend it (--prove tries each)'),
      ...candidates.flatMap((each) => labelled('·', `${each.cause}: ${each.remedy}`, { ...options, column: 2 })),
      '',
    ];
  }
  const others = othersTried(found);
  return [
    ...(found.proved.length === 0
      ? [heading('No remedy that is known mends it'), '']
      : [
          heading(
            found.proved.length === 1
              ? 'Proved: with this change everything works'
              : `Proved: with these ${found.proved.length} changes together everything works`,
          ),
          '',
          ...found.proved.flatMap((each) => remedy(each, options)),
          ...handedOn(remedyText(diagnosis, found.proved, mask, plan.mapped)),
        ]),
    ...listed(
      'Tried alone, and mends it as well',
      others.filter(({ verdict }) => verdict === 'mends'),
      options,
    ),
    ...listed(
      'Tried alone, and not enough',
      others.filter(({ verdict }) => verdict !== 'mends'),
      options,
    ),
  ];
}

function listed(title: string, tried: readonly Tried[], options: ShownWith): Line[] {
  if (tried.length === 0) return [];
  return [heading(title), ...tried.flatMap((each) => labelled('·', triedWords(each), { ...options, column: 2 })), ''];
}

function remedy(candidate: Candidate, { width, mask }: ShownWith): Line[] {
  const { cause, says, remedy: what, file } = candidate;
  const place = file === undefined ? '' : `${placeOf(candidate)}: `;
  return [
    ['bold', `${place}${cause}`],
    ...wrap(says, width - 2, { mask }).map((each) => `  ${each}`),
    ...wrap(what, width - 2, { mask }).map((each) => `  ${each}`),
    '',
  ];
}

function ofRunner(result: Reproduction, { width, mask }: ShownWith): Line[] {
  const bug = runnerBug(result);
  if (!bug) return [];
  return [
    heading('The cause is in the runner'),
    ...labelled('seen', bug.observed, { width, mask, column: 10 }),
    ...labelled('expected', bug.expected, { width, mask, column: 10 }),
    ...wrap('With --report DIR, bug.md there is a report for its makers.', width - 2, { mask }).map(
      (each) => `  ${each}`,
    ),
    '',
  ];
}

/** The change as it is handed on, whole: what is cut cannot be applied. */
function handedOn({ diff, commands }: RemedyText): Line[] {
  return [
    ...(diff === '' ? [] : [heading('The change'), '', ...diff.trimEnd().split('\n').map(diffLine), '']),
    ...(commands.length === 0
      ? []
      : [heading('What applies it, with the change as remedy.patch'), '', ...commands.map((each) => `  ${each}`), '']),
  ];
}

const diffLine = (line: string): Line => {
  const shown = `  ${line.replace(/\r$/, '')}`;
  if (/^[+-](?![+-])/.test(line)) return [line.startsWith('+') ? 'green' : 'red', shown];
  return shown;
};

function assumed({ plan }: Reproduction, options: ShownWith): Line[] {
  if (plan.assumptions.length === 0) return [];
  return [
    heading('What was assumed'),
    ...plan.assumptions.flatMap(({ says }) => labelled('·', says, { ...options, column: 2 })),
    '',
  ];
}

/** Where a failure cannot be reproduced: what the files and logs tell all the same, and what to ask the customer for. */
function asks(
  { asks: questions, findings }: Diagnosis,
  { comparison }: Reproduction,
  { width, mask }: ShownWith,
): Line[] {
  if (comparison.verdict !== 'not-reproduced') return [];
  const grave = findings.filter(isGrave);
  return [
    ...(grave.length === 0
      ? []
      : [
          heading('What check finds in these files, not proved here'),
          ...grave.flatMap(({ cause, says, remedy: { says: what }, ...place }) =>
            labelled('·', `${placeOf(place)}: ${cause}. ${says} ${what}`, { width, mask, column: 2 }),
          ),
          '',
        ]),
    heading('Ask the customer for'),
    ...[...questions, COLLECT].flatMap(({ command, decides }) => [
      `  ${command}`,
      ...wrap(decides, width - 4, { mask }).map((each) => `    ${each}`),
    ]),
    '',
  ];
}
