import { paint } from '../../picture/paint.ts';
import type { CaseData } from '../data.ts';
import type { PageElement } from './dom.ts';
import { eventPanel, eventsList } from './events-list.ts';

/** Rows of a picture that are drawn at once. */
const ROWS = 400;

/** The timeline of one opened case: its picture, the panel for headers beside it, and the list of all events. */
export class Timeline {
  readonly #place: PageElement;
  readonly #data: CaseData;
  #rows = ROWS;
  #chosen: number | undefined;
  /** How much room the picture was drawn for. */
  #drawnFor = 0;

  constructor(place: PageElement, data: CaseData) {
    this.#place = place;
    this.#data = data;
    const { events, evidence, left } = data;
    const more = left > 0 ? ` ${left} more are only in ledger.ndjson.` : '';
    place.innerHTML =
      `<h3>Timeline</h3><p class="cite">A bar is a wait, drawn to scale<span class="scale"></span>; one with a break mark is shortened, and says its true length. ` +
      `${evidence.length > 0 ? '◆ marks the evidence of what failed. ' : ''}Choose an arrow to see its headers; on the keyboard, ↑ and ↓ go from one to the next, Enter opens it and Escape closes it.</p>` +
      '<div class="beside"><div class="picture"></div><div class="panel" role="region" tabindex="-1" aria-label="Headers" hidden></div></div><p class="more" hidden><button type="button"></button></p>' +
      `<details class="events"><summary>All ${events.length} events${more}</summary><div class="list"></div></details>`;
    this.draw();
    if (place.dataset['start'] === 'evidence') this.#toEvidence();
    place.querySelector('.more')?.addEventListener('click', () => {
      this.#rows = Number.POSITIVE_INFINITY;
      this.#drawnFor = 0;
      this.draw();
    });
    const list = place.querySelector('details.events');
    list?.addEventListener('toggle', () => {
      const inside = list.querySelector('.list');
      if (inside && inside.innerHTML === '') inside.innerHTML = eventsList(events);
    });
  }

  /** Draws the picture for the room that there is, unless it was. */
  draw(): void {
    const picture = this.#find('.picture');
    if (!picture || Math.abs(picture.clientWidth - this.#drawnFor) < 2) return;
    this.#drawnFor = picture.clientWidth;
    const { head, body, layout } = paint(this.#data.events, this.#data.evidence, this.#rows, this.#drawnFor);
    picture.innerHTML = `<div class="names">${head}</div>${body}`;
    const scale = this.#find('.scale');
    if (scale) scale.innerHTML = `: ${Math.round(layout.pixelsPerSecond * 10) / 10} pixels are one second`;
    const more = this.#find('.more');
    const button = this.#find('.more button');
    if (more) more.hidden = layout.hidden === 0;
    if (button) button.innerHTML = `Draw ${layout.hidden} more rows`;
    this.#mark();
  }

  /** Shows the headers of one event beside the picture. */
  show(seq: number): void {
    const panel = this.#find('.panel');
    if (!panel) return;
    this.#chosen = seq;
    panel.innerHTML = `<button type="button" class="close" aria-label="Close the headers">×</button>${eventPanel(this.#data.events, seq)}`;
    panel.setAttribute('aria-label', `Headers of event ${seq}`);
    panel.hidden = false;
    // The picture shares its room with the panel from now on.
    this.draw();
    this.#mark();
    this.#uncover(panel);
  }

  /** A picture that is longer than its frame begins with what failed. */
  #toEvidence(): void {
    const [picture, evidence] = [this.#find('.picture'), this.#find('.evidence')];
    if (!picture || !evidence) return;
    const [frame, shown] = [picture.getBoundingClientRect(), evidence.getBoundingClientRect()];
    picture.scrollTop = shown.bottom - frame.top - picture.offsetHeight / 2;
  }

  /** Where the panel lies over the picture's lower part, the chosen row must not be below it. */
  #uncover(panel: PageElement): void {
    const row = this.#find('.row.chosen');
    if (!row) return;
    const [over, under] = [panel.getBoundingClientRect(), row.getBoundingClientRect()];
    const isBeside = over.left > under.left + 1;
    if (!isBeside && under.bottom > over.top) row.scrollIntoView({ block: 'start' });
  }

  /** @returns whether there was something to close; the arrow whose headers they were has the focus then */
  close(): boolean {
    const panel = this.#find('.panel');
    if (!panel || panel.hidden) return false;
    panel.hidden = true;
    this.draw();
    this.#find('.row.chosen')?.focus({ preventScroll: true });
    return true;
  }

  get isShowing(): boolean {
    return this.#find('.panel')?.hidden === false;
  }

  /** Moves the focus to an arrow. */
  focus(seq: number): void {
    const row = this.#find(`.row[data-seq="${seq}"]`);
    this.#chosen = seq;
    this.#mark();
    (row ?? this.#find('.panel'))?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }

  focusPanel(): void {
    this.#find('.panel')?.focus({ preventScroll: true });
  }

  /** The event whose row stands so many rows after that of another. */
  after(seq: number, step: number): number | undefined {
    const rows = [...this.#place.querySelectorAll('.row')].map((each) => Number(each.dataset['seq']));
    const at = rows.indexOf(seq) + step;
    return rows[Math.max(0, Math.min(rows.length - 1, at))];
  }

  /** Points out the row that was chosen last. The Tab key reaches it, or the first: one row of each picture. */
  #mark(): void {
    const rows = [...this.#place.querySelectorAll('.row')];
    const chosen = rows.find((each) => each.dataset['seq'] === String(this.#chosen));
    for (const each of rows) {
      each.classList.toggle('chosen', each === chosen);
      each.setAttribute('tabindex', each === (chosen ?? rows[0]) ? '0' : '-1');
    }
  }

  #find(selector: string): PageElement | null {
    return this.#place.querySelector(selector);
  }
}
