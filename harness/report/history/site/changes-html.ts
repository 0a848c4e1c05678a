import { hasVerdict } from '../../has-verdict.ts';
import { marks } from '../../marks.ts';
import { measuredValue } from '../../measured/index.ts';
import { escapeHtml } from '../../picture/markup.ts';
import { plural } from '../../verdict.ts';
import { generationsOf } from '../model/columns.ts';
import type { ChangedCase, RunChanges } from '../model/run-changes.ts';

/** `gitlab-runner 18.11.4, profile 18.3: 8 cases got worse, 4 got better (since 17.11.4)`. */
export function changesTitle({ run, against, changes }: RunChanges): string {
  const generations = generationsOf(run);
  const who = `${run.subject.name} ${run.subject.version}, profile ${run.profile}${generations === '' ? '' : `, ${generations}`}`;
  if (!against) return `${who}: the first run`;
  const since =
    against.subject.version === run.subject.version
      ? `since the run of ${against.startedAt.slice(0, 10)}`
      : `since ${against.subject.version}`;
  if (changes.length === 0) return `${who}: nothing changed ${since}`;
  const told = Map.groupBy(changes, wayOf);
  const counts = ORDER.flatMap((way) => {
    const count = told.get(way)?.length ?? 0;
    return count === 0 ? [] : [`${plural(count, 'case', 'cases')} ${WORDS[way]}`];
  });
  return `${who}: ${counts.join(', ')} ${since}`;
}

/** Which way a case went; not known where it was skipped on one side, or the harness broke. */
type Way = ChangedCase['direction'] | 'unknown';

const wayOf = ({ direction, before, after }: ChangedCase): Way =>
  hasVerdict(before) && hasVerdict(after) ? direction : 'unknown';

const WORDS: Readonly<Record<Way, string>> = {
  worse: 'got worse',
  better: 'got better',
  other: 'changed otherwise',
  unknown: 'without a verdict on one side',
};

/**
 * The cases, by requirement; the same change in many axes is said once.
 * @param top leads to the site's folder
 */
export function changesHtml({ run, against, changes }: RunChanges, top: string): string {
  const order = changes.toSorted((a, b) => ORDER.indexOf(wayOf(a)) - ORDER.indexOf(wayOf(b)));
  const groups = Map.groupBy(order, ({ scenario, before, after, since, answers }) =>
    JSON.stringify([scenario, before, after, since, answers?.map((each) => measuredValue(each).answer)]),
  );
  const items = [...groups.values()].map((members) => {
    const [first] = members;
    if (!first) return '';
    const all = Object.keys(run.scenarios[first.scenario]?.cases ?? {}).length;
    const which =
      members.length === all
        ? 'in all cases'
        : members
            .map(({ axes }) => axes || 'default')
            .slice(0, AXES)
            .join(' ');
    const more = members.length > AXES && members.length < all ? ` and ${members.length - AXES} more` : '';
    return `<li><span class="cell ${first.after}">${marks[first.after]}</span> <a href="${top}requirements/${first.scenario}.html">${escapeHtml(first.scenario)}</a>: ${escapeHtml(wordsOf(first))} <small>${escapeHtml(which)}${more}</small></li>`;
  });
  const suites =
    against && against.suite !== run.suite
      ? `<p>The suite changed too, from ${escapeHtml(against.suite)} to ${escapeHtml(run.suite)}.</p>`
      : '';
  return `${suites}${items.length > 0 ? `<ul class="results">${items.join('')}</ul>` : ''}`;
}

const wordsOf = ({ before, after, since, answers }: ChangedCase): string =>
  (answers ? `“${answers[0]}” → “${answers[1]}”` : `${before} → ${after}`) + (since ? ` since ${since}` : '');

const ORDER: readonly Way[] = ['worse', 'better', 'other', 'unknown'];
/** How many cases are named where not all of a requirement's changed. */
const AXES = 4;
