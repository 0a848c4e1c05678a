import { isAtLeast, releaseOf } from '../../profile/index.ts';

/** The oldest gitlab-runner whose command line and configuration this driver knows. */
export const OLDEST_VERSION = '14.10.0';

/** The newest one that it was tried with. */
export const NEWEST_VERSION = '19.3.0';

/** Whether this driver knows that version. */
export const isDrivable = (version: string): boolean => isAtLeast(releaseOf(version), OLDEST_VERSION);

/** `environment` of `[[runners.docker.services]]`. */
export const SERVICE_ENVIRONMENT_SINCE = '15.10.0';
