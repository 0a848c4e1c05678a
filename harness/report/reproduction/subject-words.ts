import type { SubjectIdentity } from '../../runner/subject.ts';

/** Which runner a case was stood up with, as a report says it. */
export const subjectWords = ({ kind, version, path }: SubjectIdentity): string =>
  kind === 'reference' ? `the reference runner${path === 'reference' ? '' : ` (${path})`}` : `${kind} ${version}`;
