import { PAGE_STEPS, type PageStep } from '../../diagnosis/host/page.ts';

/** A moment of the walk: before the page, or after one of its steps. */
export type WalkMoment = 'start' | PageStep;
/** Every moment of the walk, in order. */
export const WALK_MOMENTS: readonly WalkMoment[] = ['start', ...PAGE_STEPS];

/** Marks the moment at which it is tried out what is possible. */
export const momentMark = (moment: WalkMoment): string => `at:${moment}`;
/** Marks the end of a walk's last step. */
export const LIMITED_MARK = 'limited';
