import type { Symptom } from './plan/symptom.ts';
import type { Trial } from './trial/step.ts';

/** What the customer saw, beside what happened here. */
export type Comparison =
  /** The same program failed in the same way. */
  | { readonly verdict: 'same-symptom'; readonly symptom: Symptom }
  /** Something failed, and by the logs something else did there. */
  | { readonly verdict: 'another-symptom'; readonly symptom: Symptom }
  /** It fails here, and no log says what failed there. */
  | { readonly verdict: 'fails-here' }
  /** Everything works here, and something failed there. */
  | { readonly verdict: 'not-reproduced'; readonly symptom: Symptom }
  /** Everything works here, and no log says otherwise. */
  | { readonly verdict: 'works-here' };

/** Programs that one person takes for the same. */
const SAME_WHO: Readonly<Record<string, string>> = {
  register: 'runner',
  client: 'proxy',
  helper: 'job',
  tool: 'job',
  git: 'git',
};
/** Ways to fail that differ in the words alone: what goes around the proxy is refused here, and times out there. */
const SAME_KIND: Readonly<Record<string, string>> = {
  'proxy-name': 'proxy-unreachable',
  'no-password': 'answered',
  'poll-forbidden': 'answered',
  offers: 'answered',
  'too-large': 'answered',
};

/** Who waits in vain for a connection does not say for whose: the proxy's answer, or the target's. An address says it. */
const TO_AN_ADDRESS = /dial tcp \[?[\d.:a-f]+\]?:\d/;

/** Compares what happened here with what logs say happened there; never more certain than that. */
export function compare(symptoms: readonly Symptom[], { failed }: Trial): Comparison {
  const [first] = symptoms;
  if (!failed) return first ? { verdict: 'not-reproduced', symptom: first } : { verdict: 'works-here' };
  if (!first) return { verdict: 'fails-here' };
  const { who, kind } = failed.failure;
  const isKind = (symptom: Symptom): boolean =>
    kind === 'silent'
      ? symptom.kind === 'direct' && !TO_AN_ADDRESS.test(symptom.text)
      : (SAME_KIND[symptom.kind] ?? symptom.kind) === (SAME_KIND[kind] ?? kind);
  // Nobody gets through a proxy that is not there, whoever wrote the log.
  const isHop = (SAME_KIND[kind] ?? kind) === 'proxy-unreachable';
  const same = symptoms.find(
    (each) => (isHop || (SAME_WHO[each.who] ?? each.who) === (SAME_WHO[who] ?? who)) && isKind(each),
  );
  return same ? { verdict: 'same-symptom', symptom: same } : { verdict: 'another-symptom', symptom: first };
}
