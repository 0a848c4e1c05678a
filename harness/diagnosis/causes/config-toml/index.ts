import type { Cause } from '../cause.ts';
import { entryWithoutEqualsCause } from './entry-without-equals.ts';
import { hookFailsWithoutVariableCause } from './hook-fails-without-variable.ts';
import { hookRenamedCause } from './hook-renamed.ts';
import { keyInWrongTableCause } from './key-in-wrong-table.ts';
import { keyMisspelledCause } from './key-misspelled.ts';
import { notValidTomlCause } from './not-valid-toml.ts';

export const configTomlCauses: readonly Cause[] = [
  notValidTomlCause,
  keyMisspelledCause,
  keyInWrongTableCause,
  entryWithoutEqualsCause,
  hookRenamedCause,
  hookFailsWithoutVariableCause,
];
