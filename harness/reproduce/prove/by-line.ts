import type { Picture } from '../../diagnosis/picture/picture.ts';
import { placeOf } from '../plan/place.ts';
import type { CasePlan } from '../plan/plan.ts';
import { type Candidate, changing } from './candidate.ts';

/** More than anybody waits for: each is a trial of the whole machine. */
const MOST = 12;

/** What no program reads, or what only holds others: comments, headings of sections. */
const SAYS_NOTHING = /^\s*(?:$|[#;]|\/\/|\[|[\]{}"']{1,3},?\s*$)/;

/** Who may come in, in cntlm.conf: to take such a line out would open the proxy to everybody, and mends nothing that way. */
const GUARDS = /^\s*(?:Allow|Deny|Gateway)\b/i;

/** A list of hosts with commas: entry by entry. */
const LIST = /^(.*\bNO_?PROXY\b[^\w*.-]*)([\w*.:/,-]+,[\w*.:/,-]+)(.*)$/i;

/**
 * Where a file of the customer's fails as a whole, and the page's works: each of its lines that the page has not, left out alone, and each
 * entry of a list of hosts. The one without which everything works is the smallest change that decides.
 * @param file as the bundle names it
 */
export function lineCandidates(picture: Picture, plan: Pick<CasePlan, 'page'>, file: string): readonly Candidate[] {
  const place = picture.documents.flatMap((each) => placeOf(each) ?? []).find((each) => each.file === file);
  if (!place) return [];
  const ofPage = new Set(plan.page.flatMap(({ content }) => content.split('\n').map(plain)));
  return place.content
    .split('\n')
    .flatMap((text, index) => {
      if (SAYS_NOTHING.test(text) || GUARDS.test(text) || ofPage.has(plain(text))) return [];
      const change = (to: string, remedy: string): Candidate => ({
        cause: 'page/line-decides',
        says: `No known cause is in ${file}; without ${to === '' ? 'this line' : 'this entry'} what failed works.`,
        remedy,
        file,
        line: index + 1,
        ...changing({ edits: [{ file, line: index + 1, to }] }),
      });
      const [, before = '', list = '', after = ''] = LIST.exec(text) ?? [];
      const entries = list.split(',').filter(Boolean);
      return [
        change('', 'Take the line out, or say by it what is meant.'),
        ...(entries.length > 1
          ? entries.map((entry) =>
              change(
                `${before}${entries.filter((each) => each !== entry).join(',')}${after}`,
                `Take ${entry} out of the list.`,
              ),
            )
          : []),
      ];
    })
    .slice(0, MOST);
}

const plain = (line: string): string => line.trim().replace(/\s+/g, ' ');
