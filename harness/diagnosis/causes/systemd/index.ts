import type { Cause } from '../cause.ts';
import { backslashInValueCause } from './backslash-in-value.ts';
import { commentInContinuationCause } from './comment-in-continuation.ts';
import { continuationBrokenCause } from './continuation-broken.ts';
import { directoryNotReadCause } from './directory-not-read.ts';
import { fileNameNotConfCause } from './file-name-not-conf.ts';
import { keyMisspelledCause } from './key-misspelled.ts';
import { noAssignmentCause } from './no-assignment.ts';
import { noSectionCause } from './no-section.ts';
import { notReloadedCause } from './not-reloaded.ts';
import { notRestartedCause } from './not-restarted.ts';
import { oneQuotedStringCause } from './one-quoted-string.ts';
import { overriddenByLaterDropInCause } from './overridden-by-later-drop-in.ts';
import { percentSpecifierCause } from './percent-specifier.ts';
import { quoteUnbalancedCause } from './quote-unbalanced.ts';
import { quotesTypographicCause } from './quotes-typographic.ts';
import { resetByEmptyAssignmentCause } from './reset-by-empty-assignment.ts';
import { trailingCharacterCause } from './trailing-character.ts';
import { unquotedSpaceCause } from './unquoted-space.ts';
import { wrongSectionCause } from './wrong-section.ts';

export const systemdCauses: readonly Cause[] = [
  oneQuotedStringCause,
  percentSpecifierCause,
  commentInContinuationCause,
  continuationBrokenCause,
  noSectionCause,
  wrongSectionCause,
  keyMisspelledCause,
  fileNameNotConfCause,
  directoryNotReadCause,
  resetByEmptyAssignmentCause,
  overriddenByLaterDropInCause,
  unquotedSpaceCause,
  quotesTypographicCause,
  quoteUnbalancedCause,
  trailingCharacterCause,
  noAssignmentCause,
  backslashInValueCause,
  notReloadedCause,
  notRestartedCause,
];
