import { stripVTControlCharacters } from 'node:util';
import { check, type Finding } from '../../conformance/authoring.ts';
import type { Evidence, Exchange } from '../../ledger/index.ts';
import { NAMES_LIMIT } from './names-limit.ts';

const NAMES_ANY_LIMIT = new RegExp(`${NAMES_LIMIT.source}|rate.?limit`, 'i');

/** As a field of a JSON line or of logfmt, or in capitals as lines for people have it: WARNING, WARN, ERROR. */
const LEVEL =
  /"(?:level|levelname|severity)":\s*"(?:warn|err|fatal|panic|crit)|\b(?:level|lvl|severity)="?(?:warn|err|fatal|panic|crit)/i;
const LEVEL_IN_CAPITALS = /\b(?:WARN|WARNING|ERR|ERROR|FATAL|PANIC|CRITICAL)\b/;

/** Whether a line of a log says, at warning level or above, that a limit was met. */
export function warnsOfLimit(line: string): boolean {
  const plain = stripVTControlCharacters(line);
  return NAMES_ANY_LIMIT.test(plain) && (LEVEL.test(plain) || LEVEL_IN_CAPITALS.test(plain));
}

/** That a limit is seen by who reads the log, or for the helper's commands the job's trace, although the call succeeds. */
export function limitIsVisible(evidence: Evidence, limited: Exchange): Finding {
  const log = evidence.logs().find(({ seq, line }) => seq > (limited.evidence[0] ?? 0) && warnsOfLimit(line));
  const inTrace = log ? undefined : traceLine(evidence);
  const line = log?.line ?? inTrace;
  return check(
    line !== undefined,
    'a line at warning level or above says that a 429 was met',
    line === undefined ? 'neither the log nor the trace has such a line' : `it says: ${line.slice(0, 200)}`,
    limited,
    log,
  );
}

const traceLine = (evidence: Evidence): string | undefined =>
  evidence
    .gitlab('trace')
    .flatMap(({ body }) => body?.text?.split('\n') ?? [])
    .find(warnsOfLimit);
