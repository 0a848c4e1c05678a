import { randomBytes } from 'node:crypto';
import type { Secrets } from '../ledger/index.ts';

/**
 * Makes a token that is a declared secret from the start.
 * @param name what the ledger shows in its place
 * @param prefix by which GitLab's tokens tell their kind, such as `glrt-`
 */
export function newToken(secrets: Secrets, name: string, prefix: string): string {
  return secrets.add(name, prefix + randomBytes(15).toString('base64url'));
}

/** Makes a job's token, which is half of git's credentials as well; the ledger shows either as `job-token`. */
export function newJobToken(secrets: Secrets): string {
  const token = newToken(secrets, 'job-token', 'glcbt-');
  secrets.addCredentials('job-token', 'gitlab-ci-token', token);
  // Once more, because the credentials gave the token alone another name.
  return secrets.add('job-token', token);
}
