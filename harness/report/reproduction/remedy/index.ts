import type { Diagnosis } from '../../../diagnosis/index.ts';
import {
  type Candidate,
  type CasePlan,
  GATEWAY_CA,
  STAND_INS,
  takeUpCommands,
  withTheirAddresses,
} from '../../../reproduce/index.ts';
import type { Mask } from '../../diagnosis/mask.ts';
import { bySed, quoted } from './by-sed.ts';
import { type FileChange, fileChanges } from './file-change.ts';
import { unified } from './unified.ts';

/** A remedy as it is handed to whoever has the machine. Without secrets. */
export interface RemedyText {
  /** What changes, of all files, as `diff -u` shows it. */
  readonly diff: string;
  /** What of it `patch -p1` takes, by the name of the file it is written to. */
  readonly patches: readonly { readonly name: string; readonly text: string }[];
  /** What applies it, a line each; one that begins with # is for the reader. */
  readonly commands: readonly string[];
}

/** The files that a patch is kept in: of the machine, and of a project. */
const OF_MACHINE = 'remedy.patch';
const OF_PROJECT = 'remedy-project.patch';

/** A change with the customer's own addresses, before anything is masked: an address is no secret. */
function asTheirs(change: FileChange, mapped: NonNullable<CasePlan['mapped']>): FileChange {
  if (mapped.length === 0) return change;
  const back = (text: string): string => withTheirAddresses(text, mapped);
  return {
    ...change,
    before: change.before.map(back),
    lines: change.lines.map(({ line, from, to }) => ({ line, from: back(from), to: to.map(back) })),
    ...(change.added ? { added: change.added.map(back) } : {}),
  };
}

/** Remedies as one diff, and what applies them: by patch; by sed in files whose changed lines hold secrets. */
export function remedyText(
  diagnosis: Diagnosis,
  candidates: readonly Candidate[],
  hide: Mask,
  mapped: CasePlan['mapped'] = [],
): RemedyText {
  const mask: Mask = (text) => withPlaceholders(hide(text));
  const changes = fileChanges(diagnosis, candidates).map((each) => asTheirs(each, mapped));
  const cas = changes.filter(({ added }) => added?.includes(GATEWAY_CA.trimEnd()));
  const rest = changes.filter((each) => !cas.includes(each));
  const hidden = rest.filter(({ lines }) => lines.some(({ from }) => mask(from) !== from));
  const plain = rest.filter((each) => !hidden.includes(each) && !each.isRemoved);
  const patches = [
    ...patchOf(OF_MACHINE, plain.filter(isOfMachine), mask),
    ...patchOf(
      OF_PROJECT,
      plain.filter((each) => !isOfMachine(each)),
      mask,
    ),
  ];
  return {
    diff: rest.map((each) => `${unified(each, mask)}\n`).join(''),
    patches,
    commands: [
      ...patches.flatMap(({ name, text }) => [
        ...(HAS_MASK.test(text) ? [`# Write the secret where … stands in ${name} first.`] : []),
        ...STAND_INS.filter(({ placeholder }) => text.includes(placeholder)).map(
          ({ placeholder, means }) => `# Write ${means} where ${placeholder} stands in ${name} first.`,
        ),
        name === OF_PROJECT ? `patch -p1 < ${name}    # in the project` : `patch -p1 -d / < ${name}`,
      ]),
      ...hidden.map((each) => bySed(each, mask) ?? byHand(each)),
      ...rest.flatMap(({ path, isRemoved }) => (isRemoved ? [`rm ${quoted(path)}`] : [])),
      ...cas.map(({ path }) => `install -D -m 644 proxy-ca.pem ${quoted(path)}    # the CA of the proxy`),
      ...takeUpCommands(changes.filter(isOfMachine).map(({ path }) => path)).map((words) => words.join(' ')),
      ...candidates.flatMap(({ commands }) => commands.map((words) => words.map(quoted).join(' '))),
    ],
  };
}

const isOfMachine = ({ path }: FileChange): boolean => path.startsWith('/');

/** What stood here for something that the customer has to name. */
const withPlaceholders = (text: string): string =>
  STAND_INS.reduce((rest, { pattern, placeholder }) => rest.replaceAll(pattern, placeholder), text);

const HAS_MASK = /^\+.*…/m;

const byHand = ({ path, lines }: FileChange): string =>
  `# ${path}, line ${lines.map(({ line }) => line).join(', ')}: change it by hand as the diff shows; … stands for a secret.`;

function patchOf(name: string, changes: readonly FileChange[], mask: Mask): RemedyText['patches'] {
  return changes.length === 0 ? [] : [{ name, text: changes.map((each) => `${unified(each, mask)}\n`).join('') }];
}
