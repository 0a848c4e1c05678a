import type { ScriptLine } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import type { JobSeen } from '../_jobs.ts';
import { printedBy, wentDirect } from '../_log-errors.ts';

/** The commands of a job: of its script, or those that a trace shows. */
export const commandsOf = ({ script }: JobSeen, picture: Picture): readonly ScriptLine[] =>
  script.length > 0 ? script : picture.lines.filter(({ of, text }) => of === 'job' && /^\s*\$ /.test(text));

/** The line by which a command could not connect without the proxy. */
export const failureOf = (picture: Picture, command: RegExp) =>
  printedBy(picture.lines, command).find(({ text }) => !/^\s*\$ /.test(text) && wentDirect(text));
