import type { UnitDocument } from '../../diagnosis/documents/document.ts';
import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { serviceName } from '../../diagnosis/service-name.ts';
import { networkIn } from '../plan/network.ts';
import { type Candidate, changing } from './candidate.ts';

/** A NO_PROXY for hosts to which the proxy does not lead, in the drop-in of the service that asks it for them. */
export function exceptionCandidate({ cause, says }: FoundCause, picture: Picture): Candidate | undefined {
  const hosts = networkIn(picture).denied.map(({ host }) => host);
  const unit = picture.all('unit').find(isRunners);
  const last = unit?.assignments.at(-1);
  if (!unit || !last || hosts.length === 0) return undefined;
  const text = unit.piece.text.split(/\r?\n/)[last.line - unit.piece.skipped - 1] ?? '';
  const added = `Environment="NO_PROXY=${hosts.join(',')}"`;
  return {
    cause,
    says,
    remedy: `Add NO_PROXY with ${hosts.join(', ')}.`,
    file: last.file,
    line: last.line,
    ...changing({ edits: [{ file: last.file, line: last.line, to: `${text}\n${added}` }] }),
  };
}

/** Whether it gives the runner a proxy, and says nothing of exceptions. */
const isRunners = ({ unit, assignments }: UnitDocument): boolean =>
  serviceName(unit) === 'gitlab-runner' &&
  assignments.some(({ name }) => /^https?_proxy$/i.test(name)) &&
  !assignments.some(({ name }) => /^no_proxy$/i.test(name));
