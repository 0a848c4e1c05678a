import type { Cause } from '../cause.ts';
import { buildWithoutArgsCause } from './build-without-args.ts';
import { busyboxWgetCause } from './busybox-wget.ts';
import { jvmIgnoresVariablesCause } from './jvm-ignores-variables.ts';
import { nodeIgnoresVariablesCause } from './node-ignores-variables.ts';

export const jobToolsCauses: readonly Cause[] = [
  jvmIgnoresVariablesCause,
  nodeIgnoresVariablesCause,
  busyboxWgetCause,
  buildWithoutArgsCause,
];
