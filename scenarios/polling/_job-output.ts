import {
  check,
  counted,
  type Evidence,
  type Finding,
  jobEnd,
  outOfOrder,
  traceLines,
} from '../../harness/kit/index.ts';

/** What a careless runner changes: text of two to four bytes a character, colours, tabs; so much of it that 64 KiB are not enough. */
const TEXT = 'grün → 漢字 😀 \u001b[0;32mgreen\u001b[0;m\tand "quoted" 100 % $HOME \\n '.repeat(6).trimEnd();

/** How many lines a job prints, and after how many of them it pauses. */
export const LINES = 300;
export const PAUSES = 4;
export const PAUSE_SECONDS = 1;
const EACH = LINES / PAUSES;

/** So many that a runner has to send them in several parts of the largest size: more than 2 MiB, and less than GitLab's 4. */
const MANY_LINES = 5000;

/** Characters of two, three and four bytes, which come in pieces that none of them is whole in. */
const IN_PIECES = 'proxyproof in pieces ü漢😀';
const PIECES = ['proxyproof in pieces \\303', '\\274\\346', '\\274\\242\\360\\237', '\\230\\200\\n'];
/** What comes on stderr, between two lines of stdout. */
const ON_STDERR = 'proxyproof on stderr';
/** What comes before an empty line, and what comes last, without the end of a line. */
const BEFORE_NOTHING = 'proxyproof before an empty line';
const LAST_WORDS = 'proxyproof last words';

/** Each lasts as long as a pause. */
const pause = (share: number): string => `sleep ${(PAUSE_SECONDS / share).toFixed(2)}`;
const inPieces = PIECES.map((piece) => `printf '${piece}'`).join(`; ${pause(PIECES.length - 1)}; `);
const onStderr = `${pause(2)}; echo '${ON_STDERR}' >&2; ${pause(2)}`;

const lines = (count: number): string => `printf '%s %s\\r\\n' "proxyproof line $i of ${count}" "$text"`;
const last = `printf '${BEFORE_NOTHING}\\n\\n${LAST_WORDS}'`;

/** The script of a job that prints as most do, a little at a time. */
export const USUAL: readonly string[] = [
  `text='${TEXT}'`,
  `for i in $(seq 1 ${LINES}); do ${lines(LINES)}; case $i in ${EACH}) ${inPieces};; ${2 * EACH}) ${onStderr};; ${3 * EACH}|${LINES}) ${pause(1)};; esac; done`,
  last,
];

/** The script of a job that prints much, all at once. */
export const MUCH: readonly string[] = [
  `text='${TEXT}'`,
  `for i in $(seq 1 ${MANY_LINES}); do ${lines(MANY_LINES)}; done`,
  last,
];

/** What must be in the trace of a job that prints as most do. */
export const usualOutput = (evidence: Evidence): Finding[] => [
  isWholeAndInOrder(evidence, LINES),
  lineEndsAreKept(evidence, LINES),
  oddsAreKept(evidence),
  piecesAreKept(evidence),
  stderrIsInOrder(evidence),
];

/** What must be in the trace of a job that prints much. */
export const muchOutput = (evidence: Evidence): Finding[] => [
  isWholeAndInOrder(evidence, MANY_LINES),
  lineEndsAreKept(evidence, MANY_LINES),
  oddsAreKept(evidence),
];

const NUMBERED = /^proxyproof line (\d+) of \d+ ?(.*)$/;

function isWholeAndInOrder(evidence: Evidence, count: number): Finding {
  const found = traceLines(evidence).flatMap((line) => {
    const [, number, text] = NUMBERED.exec(line) ?? [];
    return number === undefined ? [] : [{ number: Number(number), text }];
  });
  const wrong = outOfOrder(found.map(({ number }) => number));
  const changed = found.find(({ text }) => text !== TEXT);
  const parts = evidence.gitlab('trace').length;
  const seen =
    wrong ??
    (changed
      ? `line ${changed.number} ends with: ${changed.text?.slice(-60)}`
      : `${counted(found.length, 'lines')} arrived in order, in ${counted(parts, 'parts')}`);
  return check(
    wrong === undefined && !changed && found.length === count,
    `the trace has all ${count} lines, once each, in order and unchanged`,
    seen,
    jobEnd(evidence),
  );
}

/** Programs end lines in either way, and move back to a line's beginning to draw over it: what they print is what GitLab must have. */
function lineEndsAreKept(evidence: Evidence, count: number): Finding {
  const end = jobEnd(evidence);
  const ends = end?.trace?.text?.match(/\r\n/g)?.length ?? 0;
  return check(
    ends >= count,
    `the ${count} lines end as the job ended them, with carriage return and line feed`,
    `${counted(ends, 'lines')} end so`,
    end,
  );
}

/** An empty line is a line, and so is one without an end. */
function oddsAreKept(evidence: Evidence): Finding {
  const found = traceLines(evidence);
  const at = found.indexOf(BEFORE_NOTHING);
  const lost = [
    ...(at < 0 || found[at + 1] !== '' ? ['the empty line'] : []),
    ...(found.some((line) => line.startsWith(LAST_WORDS)) ? [] : ['the line without an end']),
  ];
  return check(
    lost.length === 0,
    'an empty line, and the last line of a script, which has no end, are in the trace',
    lost.length === 0 ? 'they are' : `${lost.join(' and ')} is not`,
    jobEnd(evidence),
  );
}

/** A runner reads what there is, and sends it when it likes: neither ends where a character does. */
function piecesAreKept(evidence: Evidence): Finding {
  const [start = ''] = PIECES[0]?.split('\\') ?? [];
  const found = traceLines(evidence).find((line) => line.startsWith(start));
  return check(
    found === IN_PIECES,
    'characters that a job prints in pieces are in the trace',
    found === IN_PIECES ? 'they are' : `the line is: ${found ?? 'none'}`,
    jobEnd(evidence),
  );
}

/** A pause before it and one after it leave no doubt about the order. */
function stderrIsInOrder(evidence: Evidence): Finding {
  const found = traceLines(evidence);
  const at = found.indexOf(ON_STDERR);
  const before = found.slice(0, Math.max(at, 0)).findLast((line) => NUMBERED.test(line));
  const [, number] = NUMBERED.exec(before ?? '') ?? [];
  return check(
    at >= 0 && Number(number) === 2 * EACH,
    `what a job prints on stderr is in the trace where it was printed, after line ${2 * EACH}`,
    at < 0 ? 'it is not there' : number ? `it is after line ${number}` : 'it is before the first line',
    jobEnd(evidence),
  );
}
