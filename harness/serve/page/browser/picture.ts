import type { LedgerEvent } from '../../../ledger/index.ts';
import { paint, type Spelling } from '../../../report/picture/paint.ts';
import { LIVE_DENSITY } from '../../../report/picture/scale.ts';
import type { ClockTime } from './clock-time.ts';
import type { LabElement } from './dom.ts';
import type { Slice } from './view.ts';

/** Nearer to its end than this a picture is at its end, in pixels. */
const NEAR = 24;

/** The sequence picture of a part of the record: what is drawn, and where the reader is in it. */
export class LivePicture {
  readonly #place: LabElement;
  readonly #names: LabElement | null;
  readonly #drawn: LabElement | null;
  #time: ClockTime;
  /** What the drawing was made of: the same needs no other. */
  #made = '';
  /** Where the page itself put it last. */
  #put = Number.NEGATIVE_INFINITY;
  #chosen: number | undefined;

  constructor(place: LabElement, time: ClockTime) {
    this.#place = place;
    this.#names = place.querySelector('.names');
    this.#drawn = place.querySelector('.drawn');
    this.#time = time;
  }

  set time(time: ClockTime) {
    this.#time = time;
    this.#made = '';
  }

  /**
   * @param context events that draw nothing, but say of others whose they are
   * @param pointed sequence numbers to point out
   */
  draw({ shown }: Slice<LedgerEvent>, context: readonly LedgerEvent[], pointed: readonly number[]): void {
    const room = this.#place.clientWidth;
    const made = [shown[0]?.seq, shown.at(-1)?.seq, shown.length, room, pointed].join();
    if (made === this.#made || !this.#names || !this.#drawn) return;
    this.#made = made;
    // That the world was built is nothing that anybody did in it.
    const told = shown.filter(({ kind }) => kind !== 'case-start');
    const events = [...context, ...told].sort((a, b) => a.seq - b.seq);
    const { head, body } = paint(events, pointed, Number.POSITIVE_INFINITY, room, LIVE_DENSITY, this.#spelling);
    this.#names.innerHTML = shown.length === 0 ? '' : head;
    const focused = this.#place.querySelector('.row:focus')?.dataset['seq'];
    this.#drawn.innerHTML = shown.length === 0 ? '' : body;
    this.#mark();
    if (focused !== undefined) this.#row(Number(focused))?.focus({ preventScroll: true });
  }

  get #spelling(): Spelling {
    const { short, whole } = this.#time;
    return { time: short, moment: whole, name: (of) => (of === 'subject' ? 'clients' : of), ticks: false };
  }

  get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#place;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  /** @returns whether the reader scrolled, and not the page itself */
  scrolled(): boolean {
    if (Math.abs(this.#place.scrollTop - this.#put) < 2) return false;
    // From now on the reader may come back to where the page had put it.
    this.#put = Number.NEGATIVE_INFINITY;
    return true;
  }

  toEnd(): void {
    this.#place.scrollTop = this.#place.scrollHeight;
    this.#put = this.#place.scrollTop;
  }

  /** Keeps in sight what was there, after older events were drawn above it. */
  toRow(seq: number, block: 'start' | 'center' | 'nearest'): void {
    this.#row(seq)?.scrollIntoView({ block });
    this.#put = this.#place.scrollTop;
  }

  choose(seq: number | undefined): void {
    this.#chosen = seq;
    this.#mark();
  }

  get chosen(): number | undefined {
    return this.#chosen;
  }

  /** @returns whether that event has a row that is drawn */
  focus(seq: number): boolean {
    const row = this.#row(seq);
    if (!row) return false;
    this.choose(seq);
    row.focus({ preventScroll: true });
    this.toRow(seq, 'nearest');
    return true;
  }

  get seqs(): readonly number[] {
    return this.#rows.map((each) => Number(each.dataset['seq']));
  }

  get #rows(): LabElement[] {
    return [...this.#place.querySelectorAll('.row')];
  }

  #row(seq: number): LabElement | undefined {
    return this.#rows.find((each) => each.dataset['seq'] === String(seq));
  }

  /** Points out the chosen row. The Tab key reaches it, or the last: one row of the picture. */
  #mark(): void {
    const rows = this.#rows;
    const chosen = rows.find((each) => each.dataset['seq'] === String(this.#chosen));
    for (const each of rows) {
      each.classList.toggle('chosen', each === chosen);
      if (each === (chosen ?? rows.at(-1))) each.setAttribute('tabindex', '0');
    }
  }
}
