import type { Candidate, Proof, Tried } from '../../reproduce/index.ts';

/** Where a candidate changes something, as `file:line`; empty where it is no file. */
export const placeOf = ({ file = '', line }: Pick<Candidate, 'file' | 'line'>): string =>
  `${file}${line === undefined ? '' : `:${line}`}`;

/** What came of a remedy that was applied alone. */
export const triedWords = ({ candidate, verdict, left }: Tried): string =>
  `${candidate.cause}${candidate.file === undefined ? '' : ` (${placeOf(candidate)})`}: ${
    {
      mends: 'mends it as well',
      helps: 'gets further, and then fails',
      'no-effect': isOfCatalogue(candidate)
        ? 'is wrong all the same, and does not stop what fails here'
        : 'changes nothing',
      worse: 'makes it worse',
    }[verdict]
  }${left === undefined ? '' : `: ${left.trim()}`}`;

/** Whether `check` finds it in the files: a mistake, whether or not what fails here fails for it. */
const isOfCatalogue = ({ cause }: Candidate): boolean => !/^(?:page|elsewhere)\//.test(cause);

/** What was tried besides what is proved; not every line of a file that changes nothing. */
export const othersTried = ({ tried, proved }: Proof): readonly Tried[] =>
  tried.filter(
    ({ candidate, verdict }) =>
      !proved.includes(candidate) && (candidate.cause !== 'page/line-decides' || verdict === 'mends'),
  );

/** What to ask for where a failure cannot be reproduced, whatever else there is to ask. */
export const COLLECT = {
  command: 'proxyproof collect',
  decides:
    "run on the runner's host: with all of its files the machine here is like theirs, where now it is the page's.",
};
