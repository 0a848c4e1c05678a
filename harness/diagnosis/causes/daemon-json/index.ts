import type { Cause } from '../cause.ts';
import { cliKeysCause } from './cli-keys.ts';
import { daemonNotValidJsonCause } from './not-valid-json.ts';
import { overridesDropInCause } from './overrides-drop-in.ts';
import { versionTooOldCause } from './version-too-old.ts';

export const daemonJsonCauses: readonly Cause[] = [
  cliKeysCause,
  versionTooOldCause,
  daemonNotValidJsonCause,
  overridesDropInCause,
];
