import type { LabState } from '../../protocol.ts';
import type { ClockTime } from './clock-time.ts';
import { type LabDocument, part } from './dom.ts';
import type { Link } from './stream.ts';

/** The line at the top: how much of the record there is, and who looks at it. */
export function showHead(page: LabDocument, { version, record, viewers }: LabState, time: ClockTime): void {
  const number = (value: number): string => value.toLocaleString('en');
  const is = (id: string, text: string): void => {
    const element = part(page, id);
    if (element.textContent !== text) element.textContent = text;
  };
  is('version', version);
  is('since', `up since ${time.day(0)}`);
  is('kept', `${number(record.kept)} of at most ${number(record.limit)} events kept`);
  is('dropped', record.dropped === 0 ? '' : `${number(record.dropped)} older ones let go`);
  is('viewers', viewers === 1 ? '1 viewer' : `${viewers} viewers`);
}

/** Says how the page stands with the lab; a loss is said aloud. */
export function showLink(page: LabDocument, link: Link): void {
  const pill = part(page, 'link');
  pill.textContent = { connecting: 'connecting', live: 'live', lost: 'lost', refused: 'refused' }[link.is];
  pill.setAttribute('class', `link ${link.is}`);
  const banner = part(page, 'banner');
  if (link.is === 'connecting') return;
  banner.hidden = link.is === 'live';
  part(page, 'again').hidden = link.is !== 'lost';
  const says =
    link.is === 'lost'
      ? `The connection to the lab is lost${link.why === '' ? '' : ` (${link.why.replace(/\.$/, '')})`}. What you see is what was known. Trying again in ${Math.max(1, Math.round(link.againInMs / 1000))} s.`
      : link.is === 'refused'
        ? link.why
        : '';
  const text = part(page, 'banner-text');
  if (text.textContent !== says) text.textContent = says;
}
