import type { ServerResponse } from 'node:http';
import type { LedgerEvent } from '../ledger/index.ts';
import type { LiveLab } from './lab.ts';
import { placeAfter } from './place-after.ts';
import type { LabState } from './protocol.ts';

/** How often viewers are told of what is new, in milliseconds. */
const EVERY_MS = 250;
/** Events in one message, so that a viewer who comes late draws while it reads. */
const MOST_EVENTS = 500;
/** What may wait in a connection that nobody reads, in bytes; then it is closed, and whoever it is comes again. */
const MOST_WAITING_BYTES = 16 * 2 ** 20;
/** Viewers at once. */
const MOST_VIEWERS = 100;

interface Viewer {
  readonly res: ServerResponse;
  /** The number of the last event that was sent. */
  seq: number;
  state: string;
}

/** Tells everybody who looks at a lab what happens in it, as server-sent events (HTML Standard, section 9.2). */
export class Feed implements Disposable {
  readonly #lab: LiveLab;
  readonly #viewers = new Set<Viewer>();
  readonly #over = new AbortController();
  readonly #unwatch: () => void;
  #waiting = false;

  constructor(lab: LiveLab) {
    this.#lab = lab;
    this.#unwatch = lab.ledger.onNew(() => this.tell());
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /**
   * Begins to tell a viewer.
   * @param after the number of the last event that it has
   * @returns false when there are too many
   */
  add(res: ServerResponse, after: number): boolean {
    if (this.#viewers.size >= MOST_VIEWERS) return false;
    res.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    });
    const viewer: Viewer = { res, seq: after, state: '' };
    this.#viewers.add(viewer);
    res.once('close', () => {
      this.#viewers.delete(viewer);
      this.tell();
    });
    this.#send();
    return true;
  }

  /** Something may have changed: viewers are told soon, and of all of it at once. */
  tell(): void {
    if (this.#waiting || this.#viewers.size === 0) return;
    this.#waiting = true;
    this.#lab.clock.sleep(EVERY_MS, this.#over.signal).then(
      () => {
        this.#waiting = false;
        this.#send();
      },
      () => {},
    );
  }

  [Symbol.dispose](): void {
    this.#over.abort();
    this.#unwatch();
    for (const { res } of this.#viewers) res.destroy();
  }

  #send(): void {
    const state = this.#lab.state(this.#viewers.size);
    const text = JSON.stringify(state);
    const told = withoutTime(state);
    const { events } = this.#lab.ledger;
    const messages = new Map<number, string>();
    for (const viewer of this.#viewers) {
      if (viewer.res.writableLength > MOST_WAITING_BYTES) {
        viewer.res.destroy();
        continue;
      }
      if (viewer.state !== told) viewer.res.write(`event: state\ndata: ${text}\n\n`);
      viewer.state = told;
      const message = messages.get(viewer.seq) ?? messageAfter(events, viewer.seq);
      messages.set(viewer.seq, message);
      if (message !== '') viewer.res.write(message);
      viewer.seq = events.at(-1)?.seq ?? viewer.seq;
    }
  }
}

/** A state without what changes by itself. */
const withoutTime = ({ now: _, ...state }: LabState): string => JSON.stringify(state);

/** The events after one, as messages. */
function messageAfter(events: readonly LedgerEvent[], after: number): string {
  const fresh = events.slice(placeAfter(events, after));
  const parts: string[] = [];
  for (let begin = 0; begin < fresh.length; begin += MOST_EVENTS) {
    const part = fresh.slice(begin, begin + MOST_EVENTS);
    parts.push(`id: ${part.at(-1)?.seq}\nevent: events\ndata: ${JSON.stringify(part)}\n\n`);
  }
  return parts.join('');
}
