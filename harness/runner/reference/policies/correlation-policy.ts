import { randomBytes } from 'node:crypto';

/** How a call is found again in other logs than the runner's own. */
export interface CorrelationPolicy {
  /** The id that a call is sent with, in the versions that send one: 32 lower-case hexadecimal digits. */
  readonly makesId: () => string;
  /**
   * The id that the log has of a call; undefined for none.
   * @param own the one that it was sent with
   * @param answered the one of the answer; undefined where it has none, or where there was no answer
   */
  readonly logsId: (own: string, answered: string | undefined) => string | undefined;
}

/** As the FAQ of 18.11 says it: GitLab's id, and where there is none the runner's, since the call did not reach GitLab. */
export const honestCorrelation: CorrelationPolicy = {
  makesId: () => randomBytes(16).toString('hex'),
  logsId: (own, answered) => answered ?? own,
};
