import { newRunLabel } from '../../../harness/process/run-label.ts';

/** The label of a run whose owner is gone: its process id is beyond the largest there can be (proc(5), pid_max). */
export const deadRun = (): string => newRunLabel().label.replace(/^[0-9a-z]+/, (4_194_305).toString(36));
