import type { Tried } from '../../reproduce/index.ts';

/** What came of a remedy that was applied alone. */
export const triedWords = ({ candidate, verdict, left }: Tried): string =>
  `${candidate.cause}${candidate.file === undefined ? '' : ` (${candidate.file})`}: ${
    {
      mends: 'mends it as well',
      helps: 'gets further, and then fails',
      'no-effect': 'changes nothing',
      worse: 'makes it worse',
    }[verdict]
  }${left === undefined ? '' : `: ${left.trim()}`}`;
