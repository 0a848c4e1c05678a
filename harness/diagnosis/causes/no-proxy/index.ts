import type { Cause } from '../cause.ts';
import { entryIsUrlCause } from './entry-is-url.ts';
import { everythingCause } from './everything.ts';
import { leadingDotMissesApexCause } from './leading-dot-misses-apex.ts';
import { patternMatchesNothingCause } from './pattern-matches-nothing.ts';
import { portInEntryCause } from './port-in-entry.ts';
import { separatorWrongCause } from './separator-wrong.ts';
import { suffixStarCause } from './suffix-star.ts';
import { upperCaseOnlyCause } from './upper-case-only.ts';

export const noProxyCauses: readonly Cause[] = [
  separatorWrongCause,
  entryIsUrlCause,
  portInEntryCause,
  suffixStarCause,
  patternMatchesNothingCause,
  leadingDotMissesApexCause,
  everythingCause,
  upperCaseOnlyCause,
];
