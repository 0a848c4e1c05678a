/** A reset time has a resolution of one second, so a client may be so much early. In milliseconds. */
export const RESET_RESOLUTION_MS = 1000;

/** Timers may fire a little before their time. In milliseconds. */
export const ROUNDING_MS = 50;

/** How late a request may be, in milliseconds. */
export const RESET_TOLERANCE_MS = 2000;

/** The page's fallback for an invalid date, in milliseconds. */
export const ONE_MINUTE_MS = 60_000;

/** The least that a default interval of no stated length waits, in milliseconds: less is a request made again at once. */
export const LEAST_BACK_OFF_MS = 10;

/** The longest that a default interval of no stated length may be, in milliseconds: more than that is no retry any more. */
export const DEFAULT_INTERVAL_LIMIT_MS = 62_000;
