import type { SubjectHost } from '../subject.ts';
import type { Behaviour, LogEntry } from './behaviour.ts';

/** Writes one line of the runner's own log. */
export type RunnerLog = (level: LogEntry['level'], msg: string, fields?: LogEntry['fields']) => void;

/** A line of `gitlab-runner --log-format json`. */
export const jsonLine: Behaviour['writesLog'] = ({ level, msg, fields }, time) =>
  JSON.stringify({ ...fields, level, msg, time });

/** A log, by default in the form of `gitlab-runner --log-format json`, recorded as the subject's stderr. */
export function runnerLog(host: SubjectHost, behaviour: Behaviour): RunnerLog {
  return (level, msg, fields = {}) => {
    if (!behaviour.logs({ level, msg, fields })) return;
    const time = new Date(host.clock.now()).toISOString();
    host.ledger.record('subject', {
      kind: 'log',
      stream: 'stderr',
      line: behaviour.writesLog({ level, msg, fields }, time),
      fields: { ...fields, level, msg },
    });
  };
}
