import type { Cause } from '../../diagnosis/index.ts';

const SEVERITY: Readonly<Record<Cause['severity'], string>> = {
  error: 'error: it does not work as meant',
  warning: 'warning: it works for some clients, versions or targets only',
  note: 'note: true and worth a line, never a verdict',
};

/** A cause's page for a terminal. */
export function causeAsText({ id, severity, title, seen, fix, symptoms = [] }: Cause): string {
  return [
    id,
    `  ${title}`,
    '',
    `  Severity   ${SEVERITY[severity]}`,
    `  So when    ${seen}`,
    `  Remedy     ${fix}`,
    ...(symptoms.length > 0
      ? [`  Seen as    ${symptoms[0]}`, ...symptoms.slice(1).map((each) => `             ${each}`)]
      : []),
    '',
  ].join('\n');
}

/** A cause in one line, for a list. */
export const causeInBrief = ({ id, title }: Cause, width: number): string => `  ${id.padEnd(width)}  ${title}`;
