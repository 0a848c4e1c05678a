/** Seconds between polls, where a scenario is not about something longer. */
export const POLL_INTERVAL_SECONDS = 3;

/** The same in milliseconds. */
export const POLL_INTERVAL_MS = POLL_INTERVAL_SECONDS * 1000;

/** How long a right subject may take from its start to its first request, in milliseconds. */
export const START_LIMIT_MS = 30_000;

/** How long a job of a second or two may take from being handed out to its final update, in milliseconds. */
export const JOB_LIMIT_MS = 60_000;
