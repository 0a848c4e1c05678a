import { Chooser, isEverything } from './choice.ts';
import type { ClockTime } from './clock-time.ts';
import { copyText } from './copy.ts';
import { showCounts } from './counts.ts';
import { type LabDocument, type LabElement, type LabWindow, part } from './dom.ts';
import { exchangePanel, exchangeText } from './exchange-panel.ts';
import { coalesced } from './frames.ts';
import { LivePicture } from './picture.ts';
import type { LabRecord } from './record.ts';
import { rowKey } from './row-keys.ts';
import { around, held, moved, type RowWindow, sliceOf } from './view.ts';

/** How many events are drawn at once. */
const SIZE = 400;
/** How long the page may look for what is chosen before it draws, in milliseconds; then it goes on. */
const LOOKS_MS = 40;

/** The record on the page: the picture of a part of it, what is chosen, and the request that is open. */
export class RecordView {
  readonly #page: LabDocument;
  readonly #record: LabRecord;
  readonly #picture: LivePicture;
  readonly #chooser = new Chooser();
  readonly #place: LabElement;
  readonly #panel: LabElement;
  #time: ClockTime;
  #view: RowWindow = { size: SIZE };
  #pointed: readonly number[] = [];
  /** Asks for a drawing; many wishes become one. */
  readonly update: () => void;

  constructor(page: LabDocument, window: LabWindow, record: LabRecord, time: ClockTime) {
    this.#page = page;
    this.#record = record;
    this.#time = time;
    this.#place = part(page, 'picture');
    this.#panel = part(page, 'panel');
    this.#picture = new LivePicture(this.#place, time);
    this.update = coalesced(
      () => this.#draw(),
      (draw) => window.requestAnimationFrame(draw),
    );
    this.#listen();
    window.addEventListener('resize', this.update);
  }

  set time(time: ClockTime) {
    this.#time = time;
    this.#picture.time = time;
    this.update();
  }

  /** Shows what the reader wants to see, the newest of it. */
  set choice(choice: Chooser['choice']) {
    this.#chooser.choice = choice;
    this.#view = { size: SIZE };
    this.update();
  }

  follow(): void {
    this.#view = { size: SIZE };
    this.#draw();
    this.#picture.toEnd();
  }

  /** Opens the request that an event belongs to, wherever it is. @returns whether the record still has it */
  show(seq: number): boolean {
    const event = this.#record.find(seq);
    if (!event) return false;
    this.#pointed = [seq];
    this.#view = around(this.#chosen, this.#view, seq);
    if (this.#view.until === undefined) this.#view = held(this.#chosen, this.#view);
    this.#open(seq);
    this.#draw();
    if (!this.#picture.focus(seq)) this.#panel.focus({ preventScroll: true });
    this.#picture.toRow(seq, 'center');
    return true;
  }

  get #chosen() {
    return this.#chooser.chosen(this.#record, LOOKS_MS).events;
  }

  #draw(): void {
    const { events: all, isAll } = this.#chooser.chosen(this.#record, LOOKS_MS);
    const slice = sliceOf(all, this.#view);
    this.#picture.draw(slice, this.#record.context(slice.shown), this.#pointed);
    if (this.#view.until === undefined) this.#picture.toEnd();
    showCounts(this.#page, {
      total: this.#record.events.length,
      chosen: all.length,
      isEverything: isEverything(this.#chooser.choice),
      isSought: !isAll,
      older: slice.older,
      newer: slice.newer,
      follows: this.#view.until === undefined,
    });
    if (!isAll) this.update();
  }

  #open(seq: number): void {
    const event = this.#record.find(seq);
    if (!event) return;
    this.#hold();
    this.#picture.choose(seq);
    const inside = this.#panel.querySelector('.inside');
    if (inside) inside.innerHTML = exchangePanel(event, this.#record.groupOf(event), this.#time);
    part(this.#page, 'panel-title').textContent = `Event ${seq}`;
    this.#panel.setAttribute('aria-label', `Event ${seq} and what belongs to it`);
    this.#panel.hidden = false;
    this.#panel.scrollTop = 0;
    this.#draw();
    this.#picture.toRow(seq, this.#isCovered ? 'start' : 'nearest');
  }

  /** On a narrow screen the panel lies over the lower part of the picture. */
  get #isCovered(): boolean {
    const [over, under] = [this.#panel.getBoundingClientRect(), this.#place.getBoundingClientRect()];
    return over.left <= under.left + 1 && under.bottom > over.top;
  }

  #close(): void {
    this.#panel.hidden = true;
    this.#pointed = [];
    this.#draw();
    const seq = this.#picture.chosen;
    if (seq === undefined || !this.#picture.focus(seq)) this.#place.focus({ preventScroll: true });
  }

  /** What is drawn stays, so that nothing moves away under the reader's eyes or focus. */
  #hold(): void {
    this.#view = held(this.#chosen, this.#view);
  }

  #move(by: number): void {
    const before = this.#picture.seqs;
    this.#hold();
    this.#view = moved(this.#chosen, this.#view, by);
    if (by > 0 && this.#view.until === undefined) this.#view = held(this.#chosen, this.#view);
    this.#draw();
    const seq = by < 0 ? before[0] : before.at(-1);
    if (seq !== undefined) this.#picture.toRow(seq, by < 0 ? 'start' : 'center');
    // A button that is gone cannot keep the focus.
    if (this.#page.activeElement === this.#page.body) this.#place.focus({ preventScroll: true });
  }

  #listen(): void {
    this.#place.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#place.addEventListener('click', ({ target }) => {
      const seq = target?.closest('.row')?.dataset['seq'];
      if (seq !== undefined) this.#open(Number(seq));
    });
    this.#place.addEventListener('focusin', ({ target }) => {
      if (target?.closest('.row')) this.#hold();
    });
    for (const place of [this.#place, this.#panel]) place.addEventListener('keydown', (event) => this.#key(event));
    part(this.#page, 'older').addEventListener('click', () => this.#move(-SIZE / 2));
    part(this.#page, 'newer').addEventListener('click', () => this.#move(SIZE / 2));
    part(this.#page, 'follow').addEventListener('click', () => {
      if (this.#view.until === undefined) this.#hold();
      else this.follow();
      this.update();
    });
    this.#panel.addEventListener('click', ({ target }) => {
      if (target?.closest('.close')) this.#close();
      const seq = this.#picture.chosen;
      const event = seq === undefined ? undefined : this.#record.find(seq);
      const copy = target?.closest('.copy');
      if (copy && event) void copyText(copy, exchangeText(event, this.#record.groupOf(event), this.#time));
    });
  }

  #scrolled(): void {
    if (!this.#picture.scrolled()) return;
    if (!this.#picture.isAtEnd) this.#hold();
    else if (this.#panel.hidden && sliceOf(this.#chosen, this.#view).newer <= SIZE) this.#view = { size: SIZE };
    this.update();
  }

  #key(event: Parameters<typeof rowKey>[0]): void {
    const does = rowKey(event, this.#picture.seqs);
    if (!does) return;
    if (does.is !== 'close' || !this.#panel.hidden) event.preventDefault();
    if (does.is === 'close' && !this.#panel.hidden) this.#close();
    if (does.is === 'open') {
      this.#open(does.seq);
      this.#panel.focus({ preventScroll: true });
    }
    if (does.is === 'beyond') this.#move((does.by * SIZE) / 2);
    const seq = does.is === 'go' ? does.seq : does.is === 'beyond' ? this.#beside(does.from, does.by) : undefined;
    if (seq === undefined) return;
    if (!this.#panel.hidden) this.#open(seq);
    this.#picture.focus(seq);
  }

  #beside(from: number, by: number): number | undefined {
    const { seqs } = this.#picture;
    return seqs[Math.max(0, Math.min(seqs.length - 1, seqs.indexOf(from) + by))];
  }
}
