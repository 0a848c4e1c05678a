import { escapeHtml } from '../../../report/picture/markup.ts';
import type { ConnectionView, LabState, LiveFinding, PasteView } from '../../protocol.ts';
import type { ClockTime } from './clock-time.ts';
import { copyText } from './copy.ts';
import { brief } from './deed.ts';
import { type LabDocument, part } from './dom.ts';
import { patch } from './patch.ts';

/** More connections than this are counted, not listed. */
const LISTED = 100;

export function showConnections(page: LabDocument, { connections }: LabState, time: ClockTime): void {
  brief(page, 'connections', connections.length === 0 ? 'none' : String(connections.length));
  const listed = connections.slice(-LISTED).toReversed();
  const left = connections.length - listed.length;
  const row = ({ peer, from, to, via, since, asks }: ConnectionView): string =>
    `<li><div class="line"><strong>${escapeHtml(peer)}</strong> <small>since ${time.whole(since)}</small></div>${asks === undefined ? '' : `<code class="how">${escapeHtml(asks)}</code>`}<small>${escapeHtml(from)} → ${escapeHtml(to)}${via === 'direct' ? ', directly' : via === 'proxy' ? ', through the proxy' : ''}</small></li>`;
  const more = left > 0 ? `<li><small>and ${left} more</small></li>` : '';
  patch(page, part(page, 'connection-list'), listed.map(row).join('') + more);
}

export function startPastes(page: LabDocument): (state: LabState) => void {
  let shown: readonly PasteView[] = [];
  part(page, 'paste-list').addEventListener('click', ({ target }) => {
    const button = target?.closest('[data-copy]');
    const paste = shown[Number(button?.dataset['copy'])];
    if (button && paste) void copyText(button, paste.text);
  });
  return ({ pastes }) => {
    shown = pastes;
    const item = ({ title, text }: PasteView, index: number): string =>
      `<li><div class="line"><strong>${escapeHtml(title)}</strong><button type="button" data-copy="${index}" data-key="copy-${index}" aria-label="Copy ${escapeHtml(title)}">Copy</button></div><pre tabindex="0" aria-label="${escapeHtml(title)}">${escapeHtml(text)}</pre></li>`;
    patch(page, part(page, 'paste-list'), pastes.map(item).join(''));
  };
}

/**
 * What the lab noticed, on top of the page, the newest first.
 * @param open opens the event that shows it
 */
export function startFindings(page: LabDocument, open: (seq: number) => boolean): (s: LabState, t: ClockTime) => void {
  const known = new Map<number, number>();
  part(page, 'finding-list').addEventListener('click', ({ target }) => {
    const seq = target?.closest('[data-seq]')?.dataset['seq'];
    if (seq === undefined || open(Number(seq))) return;
    part(page, 'announce').textContent = 'That event is no longer in the record: newer ones took its place.';
  });
  return ({ findings }, time) => {
    const list = findings.toReversed();
    part(page, 'findings').hidden = list.length === 0;
    patch(page, part(page, 'finding-list'), list.map((each) => findingHtml(each, time)).join(''));
    part(page, 'finding-count').textContent = String(list.length);
    // Seen in the row of tabs, too.
    page.title = list.length === 0 ? 'Proxyproof lab' : `(${list.length}) Proxyproof lab`;
    const fresh = findings.filter(({ id }) => !known.has(id));
    for (const { id, times } of findings) known.set(id, times);
    // Said once: a reader who hears the page must not hear each repetition.
    const newest = fresh.at(-1);
    if (newest) part(page, 'announce').textContent = `${newest.says} ${newest.advice}`;
  };
}

function findingHtml({ id, rule, says, advice, seq, times, t }: LiveFinding, time: ClockTime): string {
  const often = times > 1 ? ` <span class="count hot">${times.toLocaleString('en')} times</span>` : '';
  return `<li data-rule="${escapeHtml(rule)}"><p><strong>${escapeHtml(says)}</strong>${often}</p><p>${escapeHtml(advice)} <small>${time.whole(t)}</small></p><button type="button" data-seq="${seq}" data-key="finding-${id}" aria-label="Show event ${seq}: ${escapeHtml(says)}">Show event ${seq}</button></li>`;
}
