import { STEPS, type Step } from '../../diagnosis/host/page.ts';

/** A moment of the walk: before the page, or after one of its steps. */
export type Moment = 'start' | Step;
export const MOMENTS: readonly Moment[] = ['start', ...STEPS];

/** Marks the moment at which it is tried out what is possible. */
export const at = (moment: Moment): string => `at:${moment}`;
/** Marks the end of a walk's last step. */
export const LIMITED = 'limited';
