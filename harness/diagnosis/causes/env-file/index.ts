import type { Cause } from '../cause.ts';
import { exportPrefixCause } from './export-prefix.ts';
import { inlineCommentCause } from './inline-comment.ts';
import { notReadByUnitCause } from './not-read-by-unit.ts';
import { pathWrongCause } from './path-wrong.ts';
import { percentDoubledCause } from './percent-doubled.ts';
import { winsOverEnvironmentCause } from './wins-over-environment.ts';

export const envFileCauses: readonly Cause[] = [
  exportPrefixCause,
  winsOverEnvironmentCause,
  notReadByUnitCause,
  inlineCommentCause,
  percentDoubledCause,
  pathWrongCause,
];
