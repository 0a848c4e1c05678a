import type { AxisValues } from '../../conformance/authoring.ts';
import type { JobSpec } from '../../gitlab/spec.ts';
import { JOB_RAN } from '../requests/requests.ts';
import type { LimitedKind } from './requests.ts';

/** How large the body of a limited request is at least, in bytes. */
const SIZES = { '1B': 1, '64KiB': 65_536, '1MiB': 1_000_000, '5MiB': 5 * 1024 * 1024 } as const;
type Size = keyof typeof SIZES;

/** How many numbers, one after another, have so many bytes. */
const NUMBERS: Partial<Record<Size, number>> = { '64KiB': 13_000, '1MiB': 165_000 };

/** The sizes of a limited body; `usual` is whatever the request has by itself. */
export const sizeAxis = { values: ['usual', ...Object.keys(SIZES)], default: 'usual' };

/** The sizes that the body of a kind of request can be given: of a trace's part by what a job prints, of an upload by the artifact. */
export const sizesOf = (kind: LimitedKind): readonly string[] => {
  if (kind === 'trace') return ['64KiB', '1MiB'];
  return kind === 'upload' ? ['1B', '64KiB', '5MiB'] : [];
};

const sizeOf = (axes: AxisValues): Size | undefined =>
  (Object.keys(SIZES) as Size[]).find((each) => each === axes['size']);

/** How large the limited body of a case must be for it to show anything, in bytes. What a job prints may be sent in two parts. */
export function leastBytes(axes: AxisValues): number {
  const size = sizeOf(axes);
  return size === undefined ? 0 : SIZES[size] / (axes['request'] === 'trace' ? 4 : 1);
}

/** The job of a case whose request has a size of its own; undefined for the usual one. */
export function jobOfSize(axes: AxisValues): JobSpec | undefined {
  const size = sizeOf(axes);
  if (size === undefined) return undefined;
  const numbers = NUMBERS[size];
  if (axes['request'] === 'trace') return { script: [`echo ${JOB_RAN}`, `seq -s ' ' 1 ${numbers} | fold -w 1000`] };
  const fill = size === '1B' ? 'printf x > artifact.txt' : `head -c ${SIZES[size]} /dev/urandom > artifact.txt`;
  return { script: [`echo ${JOB_RAN}`, fill], artifacts: ['artifact.txt'] };
}
