import type { LogDocument, Piece, Reader } from './document.ts';
import { type Entry, entryOf } from './log/entry.ts';
import { isTelling } from './log/telling.ts';

type Of = LogDocument['of'];

/** Above this length lines that tell nothing are left out, in characters. */
const LONG = 64 * 2 ** 10;
/** Of a long log: how many lines are kept, and how often what differs in numbers alone. */
const MOST_LINES = 20_000;
const MOST_ALIKE = 60;

/** Surely a log. */
const CERTAIN =
  /^(?:\S* ?)(?:Running with gitlab-runner \d|Runtime platform {2,}arch=)|section_start:\d+:|Checking for jobs\.\.\. ?(?:failed|received|forbidden|nothing)|^(?:<\d+>\d? ?)?(?:[A-Z][a-z]{2} [ \d]?\d|\d{4}-\d\d-\d\d)[ T]\d\d:\d\d:\d\d\S* (?:\S+ )?(?:gitlab-runner|dockerd|docker|cntlm|systemd)(?:\[\d+\])?: |^time="?\S+"? level=\w+ msg=|^\{.*"(?:MESSAGE|msg)":/m;
/** Lines of programs that fail, and of a job. */
const LIKELY =
  /^(?:(?:\$|#|>|\*) )?(?:fatal: |error: |curl: \(\d+\)|npm (?:ERR!|error) |ERROR: |WARNING: |Error response from daemon: |error during connect: |wget: |ssh: |remote: |pip\S* |E: |Err:\d)|proxyconnect tcp:|dial tcp |x509: |Getting source from Git repository|unable to access 'http|Executing "step_script"|Job (?:succeeded|failed)|toomanyrequests:|CONNECT tunnel failed|Could not resolve (?:proxy|host)|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|PKIX path|Retrying in \d+ second|< HTTP\/[\d.]+ \d{3}/m;
/** A command at a prompt. */
const PROMPT =
  /^(?:[\w.-]+@[\w.-]+[:\s][^$#\n]{0,80}[$#]|[$#]) +(?:sudo |docker|git|curl|gitlab-runner|wget|npm|pip|systemctl|apt)/m;
const NAMED =
  /(?:\.log(?:\.\d+)?|(?:^|\/)[^/]*(?:log|trace|journal|terminal|transcript|console|output|session)[^/]*(?:\.(?:txt|json|out))?)$/i;

/** What a program printed: traces of jobs, journals, dockerd's and cntlm's logs, transcripts of terminals. */
export const logReader: Reader = {
  title: 'a log',
  knows: ({ path, text }) => {
    const head = text.slice(0, 64 * 1024);
    if (CERTAIN.test(head)) return 3;
    const isNamed = NAMED.test(path);
    const isLikely = LIKELY.test(head) || PROMPT.test(head);
    if (isNamed) return isLikely ? 2 : 1;
    return isLikely ? 1 : 0;
  },
  read: (piece) => documents(piece),
};

function documents(piece: Piece): readonly LogDocument[] {
  const { file, text, skipped } = piece;
  const isLong = text.length > LONG;
  const byOf = new Map<Of, LogDocument['lines'][number][]>();
  const alike = new Map<string, number>();
  const rest = restOf(text);
  let number = skipped;
  let kept = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (isLong) {
      if (kept >= MOST_LINES || !isTelling(line)) continue;
      const shape = line.slice(0, 400).replace(/[0-9a-f]*\d[0-9a-f]*/g, '0');
      const times = alike.get(shape) ?? 0;
      if (times >= MOST_ALIKE) continue;
      alike.set(shape, times + 1);
    }
    kept += 1;
    const { text: said, of = rest, time } = entryOf(line.length > 20_000 ? line.slice(0, 20_000) : line);
    const own = byOf.get(of);
    const entry = { file, line: number, text: said, ...(time === undefined ? {} : { time }) };
    if (own) own.push(entry);
    else byOf.set(of, [entry]);
  }
  return [...byOf].map(([of, lines]) => ({ kind: 'log', piece, of, lines }));
}

/** Whose the lines are that do not tell it. */
function restOf(text: string): Exclude<Entry['of'], undefined> {
  const head = text.slice(0, 256 * 1024);
  const isPrompt = /^[\w.-]+@[\w.-]+[:\s][^$#\n]{0,80}[$#] /m.test(head);
  if (
    /Running with gitlab-runner \d|section_start:\d+:|Getting source from Git repository|Executing "step_script"/.test(
      head,
    )
  )
    return 'job';
  if (
    !isPrompt &&
    /Checking for jobs|Runtime platform {2,}arch=/.test(head) &&
    !/egistering runner|erifying runner/.test(head)
  )
    return 'runner';
  if (!isPrompt && /^time="?\S+"? level=\w+ msg=/m.test(head)) return 'docker';
  return 'terminal';
}

/** Lines one by one, as an array of them all would double the memory of a long log. */
function* linesOf(text: string): Generator<string> {
  let from = 0;
  while (from <= text.length) {
    const end = text.indexOf('\n', from);
    if (end < 0) {
      if (from < text.length) yield text.slice(from);
      return;
    }
    yield text.slice(from, end);
    from = end + 1;
  }
}
