import { type CaseOutcome, outcomeNames, type Results } from '../../conformance/outcome.ts';
import { type Amount, measuredValue } from '../measured/index.ts';
import { printable } from '../terminal/printable.ts';

/** How a unit's family is called, and what it is. */
const FAMILIES = {
  s: { name: 'proxyproof_measured_seconds', unit: 'seconds', says: 'Times of measured answers, rounded.' },
  bytes: { name: 'proxyproof_measured_bytes', unit: 'bytes', says: 'Sizes of measured answers.' },
  '%': { name: 'proxyproof_measured_ratio', unit: 'ratio', says: 'Shares of measured answers.' },
  '': { name: 'proxyproof_measured_number', unit: '', says: 'Numbers of things in measured answers.' },
} as const;

/** How long an answer's words may be in a label, in characters. */
const LONGEST_LABEL = 200;
/** Times from here on are told in two digits, in seconds. */
const TWO_DIGITS_FROM = 10;

interface Sample {
  readonly unit: Amount['unit'];
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * metrics.txt, in the text format of OpenMetrics 1.0: how many cases had which outcome, and what was measured. GitLab compares the values
 * with those of the target branch as texts, and shows in a merge request those that changed: so times are rounded until only a change shows
 * that somebody would call one; results.json has them as they were.
 */
export function openMetrics(results: Results): string {
  const answers = results.outcomes.filter(({ outcome }) => outcome === 'info').flatMap(samplesOf);
  const families = (['s', 'bytes', '%', ''] as const).flatMap((unit) => {
    const samples = answers.filter((each) => each.unit === unit);
    const { name, unit: suffix, says } = FAMILIES[unit];
    return family(name, says, samples, suffix);
  });
  const words = results.outcomes
    .filter(({ outcome }) => outcome === 'info')
    .map((each) => ({ labels: { case: each.id, answer: wordsOf(each) }, value: 1 }));
  return `${[
    ...family(
      'proxyproof_cases',
      'Cases by outcome.',
      outcomeNames.map((outcome) => ({ labels: { outcome }, value: results.totals[outcome] })),
    ),
    ...family('proxyproof_unexpected', 'Cases that are not as expected.', [
      { labels: {}, value: results.totals.unexpected },
    ]),
    ...families,
    ...(words.length === 0
      ? []
      : [
          '# TYPE proxyproof_answer info',
          '# HELP proxyproof_answer What a check found, without its quantities.',
          ...words.map((each) => line('proxyproof_answer_info', each)),
        ]),
    '# EOF',
  ].join('\n')}\n`;
}

function family(name: string, says: string, samples: readonly Omit<Sample, 'unit'>[], unit = ''): string[] {
  if (samples.length === 0) return [];
  return [
    `# TYPE ${name} gauge`,
    ...(unit === '' ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${says}`,
    ...samples.map((each) => line(name, each)),
  ];
}

function line(name: string, { labels, value }: Omit<Sample, 'unit'>): string {
  const written = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
  return `${name}${written.length === 0 ? '' : `{${written.join(',')}}`} ${value}`;
}

/** Every quantity of a case's answer; one that has the name of another gets a number. */
function samplesOf(each: CaseOutcome): Sample[] {
  const seen = new Map<string, number>();
  return measuredValue(each.reason).amounts.map(({ amount, unit, name }): Sample => {
    const key = `${unit} ${label(name)}`;
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return {
      unit,
      labels: { case: each.id, what: label(name), ...(nth === 1 ? {} : { nth: String(nth) }) },
      value: rounded(amount, unit),
    };
  });
}

/** A time within what a busy machine makes of it is the same; sizes and numbers are exact. */
function rounded(amount: number, unit: Amount['unit']): number {
  if (unit === '%') return amount / 100;
  if (unit !== 's') return amount;
  return Math.abs(amount) < TWO_DIGITS_FROM ? Math.round(amount) : Number(amount.toPrecision(2));
}

const wordsOf = ({ reason }: CaseOutcome): string => label(measuredValue(reason).answer);

const label = (text: string): string => {
  const plain = printable(text).replace(/[{}]/g, ' ').replace(/\s+/g, ' ').trim();
  return plain.length > LONGEST_LABEL ? `${plain.slice(0, LONGEST_LABEL - 1)}…` : plain;
};

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"').toWellFormed();
