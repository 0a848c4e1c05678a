import type { LogDocument } from '../document.ts';
import { plainLine } from './plain.ts';

/** A line of a log, taken out of the form that the journal, syslog or a JSON writer gave it. */
export interface Entry {
  readonly text: string;
  /** Whose it is, where the line tells. */
  readonly of: LogDocument['of'] | undefined;
  /** Seconds of the day, where the line tells. */
  readonly time: number | undefined;
}

/** With a name of the month, as syslog has it; with a date in digits the process' number must be there, as a trace's lines begin so, too. */
const JOURNAL =
  /^(?:<\d+>\d? ?)?(?:([A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d\S*) \S+ ([\w.@/-]+)(?:\[\d+\])?|(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\S*) \S+ ([\w.@/-]+)\[\d+\]): (.*)$/s;
const LOGFMT = /^time="?([^\s"]+)"? level=(\w+) msg=(?:"((?:[^"\\]|\\.)*)"|(\S+))(.*)$/s;

/** Fields that gitlab-runner writes behind its messages, in logrus' text form, too. */
const OF_RUNNER = / runner=| builds=| repo_url=|Checking for jobs|coordinator\.\.\./;

/** Reads one line in whatever form it is. */
export function entryOf(line: string): Entry {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (text.startsWith('{')) return ofJson(text) ?? { text, of: undefined, time: undefined };
  const [, named, ofNamed, dated, ofDated, message] = JOURNAL.exec(text) ?? [];
  const stamp = named ?? dated;
  const program = ofNamed ?? ofDated ?? '';
  if (stamp === undefined || message === undefined) return ofMessage(plainLine(text), undefined, undefined);
  return ofMessage(plainLine(message), ofProgram(program), secondsOf(stamp));
}

function ofMessage(text: string, of: Entry['of'], time: number | undefined): Entry {
  if (text.startsWith('{"')) {
    const inner = ofJson(text);
    if (inner) return { text: inner.text, of: of ?? inner.of, time: time ?? inner.time };
  }
  if (text.startsWith('time=')) {
    const [, stamp = '', level = '', quoted, bare = '', rest = ''] = LOGFMT.exec(text) ?? [];
    if (level !== '')
      return {
        text: `${level.toUpperCase()}: ${unquoted(quoted ?? bare)}${unquoted(rest)}`,
        of: of ?? (OF_RUNNER.test(text) ? 'runner' : 'docker'),
        time: time ?? secondsOf(stamp),
      };
  }
  if (of === undefined && text.startsWith('cntlm')) {
    const [, message] = /^cntlm(?:\[\d+\])?: (.*)$/s.exec(text) ?? [];
    if (message !== undefined) return { text: message, of: 'cntlm', time };
  }
  return { text, of, time };
}

const unquoted = (text: string): string => (text.includes('\\') ? text.replace(/\\(["\\])/g, '$1') : text);

/** A line of `gitlab-runner --log-format json`, of `journalctl -o json`, or of dockerd with `log-format: json`. */
function ofJson(line: string): Entry | undefined {
  let object: unknown;
  try {
    object = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof object !== 'object' || object === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...object };
  const { MESSAGE: message, msg, level, time, log } = fields;
  if (message !== undefined) {
    const program = String(fields['SYSLOG_IDENTIFIER'] ?? fields['_COMM'] ?? fields['_SYSTEMD_UNIT'] ?? '');
    const at = Number(fields['__REALTIME_TIMESTAMP']);
    const said = Array.isArray(message) ? Buffer.from(message.map(Number)).toString('utf8') : String(message);
    return ofMessage(
      plainLine(said),
      ofProgram(program),
      Number.isFinite(at) ? Math.floor(at / 1e6) % 86_400 : undefined,
    );
  }
  // A container's log as the json-file driver keeps it.
  if (typeof log === 'string') return entryOf(log.replace(/\n$/, ''));
  if (typeof msg !== 'string') return undefined;
  const rest = Object.entries(fields)
    .filter(([key]) => key !== 'msg' && key !== 'level' && key !== 'time')
    .map(([key, value]) => ` ${key}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join('');
  return {
    text: `${String(level ?? 'info').toUpperCase()}: ${msg}${rest}`,
    of: undefined,
    time: typeof time === 'string' ? secondsOf(time) : undefined,
  };
}

function ofProgram(program: string): Entry['of'] {
  if (/gitlab-runner/.test(program)) return 'runner';
  if (/^docker/.test(program)) return 'docker';
  return /^cntlm/.test(program) ? 'cntlm' : undefined;
}

function secondsOf(stamp: string): number | undefined {
  const [, hours, minutes, seconds] = /(\d\d):(\d\d):(\d\d)/.exec(stamp) ?? [];
  return hours === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
