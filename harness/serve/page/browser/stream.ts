import type { LedgerEvent } from '../../../ledger/index.ts';
import type { LabState } from '../../protocol.ts';
import { type Api, whyNot } from './api.ts';
import { StreamParser } from './sse.ts';

/** How the page stands with the lab. */
export type Link =
  | { readonly is: 'connecting' | 'live' }
  | { readonly is: 'lost'; readonly againInMs: number; readonly why: string }
  /** The lab answers, and will not with this token. */
  | { readonly is: 'refused'; readonly why: string };

export interface StreamUse {
  readonly api: Api;
  state(state: LabState): void;
  events(events: readonly LedgerEvent[]): void;
  link(link: Link): void;
  /** Another lab answers: what was shown is not of it. */
  another(): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

/** Keeps the stream of the lab's events open, and goes on after a loss where it was. */
export class LabStream {
  readonly #use: StreamUse;
  #last: string | undefined;
  #startedAt: string | undefined;
  #waitMs = FIRST_WAIT_MS;
  #wake: (() => void) | undefined;

  constructor(use: StreamUse) {
    this.#use = use;
  }

  /** Runs until the lab refuses the token. */
  async run(): Promise<void> {
    for (;;) {
      this.#use.link({ is: 'connecting' });
      const end = await this.#once().catch((error: unknown) => ({ why: error instanceof Error ? error.message : '' }));
      if ('refused' in end) {
        this.#use.link({ is: 'refused', why: end.refused });
        return;
      }
      this.#use.link({ is: 'lost', againInMs: this.#waitMs, why: end.why });
      await this.#pause(this.#waitMs);
      this.#waitMs = Math.min(LONGEST_WAIT_MS, this.#waitMs * 2);
    }
  }

  /** Does not wait any longer before it tries again. */
  now(): void {
    this.#waitMs = FIRST_WAIT_MS;
    this.#wake?.();
  }

  async #once(): Promise<{ readonly refused: string } | { readonly why: string }> {
    const stop = new AbortController();
    const { api } = this.#use;
    const headers = {
      ...api.headers,
      Accept: 'text/event-stream',
      ...(this.#last === undefined ? {} : { 'Last-Event-ID': this.#last }),
    };
    const answer = await fetch('/api/events', { headers, signal: stop.signal, cache: 'no-store' });
    if (answer.status === 401 || answer.status === 403) return { refused: await whyNot(answer) };
    if (!answer.ok || !answer.body) return { why: await whyNot(answer) };
    const parser = new StreamParser();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { why: 'The lab closed the connection.' };
      for (const message of parser.add(value)) {
        if (this.#take(message.event, message.data, message.id)) continue;
        stop.abort();
        return { why: 'Another lab answers.' };
      }
    }
  }

  /** @returns whether to go on: not where another lab answers, whose events are numbered from 1 again */
  #take(event: string, data: string, id: string | undefined): boolean {
    this.#waitMs = FIRST_WAIT_MS;
    if (event === 'state') {
      const state = JSON.parse(data) as LabState;
      const isAnother = this.#startedAt !== undefined && this.#startedAt !== state.startedAt;
      this.#startedAt = state.startedAt;
      if (isAnother) {
        this.#last = undefined;
        this.#use.another();
        return false;
      }
      this.#use.link({ is: 'live' });
      this.#use.state(state);
    }
    if (event === 'events') {
      this.#use.events(JSON.parse(data) as LedgerEvent[]);
      if (id !== undefined) this.#last = id;
    }
    return true;
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
