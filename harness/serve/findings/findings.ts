import type { LedgerEvent } from '../../ledger/index.ts';
import type { LiveFinding } from '../protocol.ts';
import { aroundTheProxy, distrust, tooEarly } from './gitlab-rules.ts';
import { noCredentials } from './no-credentials.ts';
import { originForm, refusedByProxy, refusedIdentity, tlsToPlainProxy, wrongCredentials } from './proxy-rules.ts';
import type { ClientRequest, Noticed, Rule, Surroundings } from './rule.ts';

/** Requests that are remembered for their answers, and findings that are kept. */
const MOST_REQUESTS = 5000;
const MOST_FINDINGS = 100;

/** Looks at a lab's record as it grows, and says what of it a person should know. */
export class Findings {
  readonly #around: () => Surroundings;
  readonly #requests = new Map<string, ClientRequest>();
  readonly #found = new Map<string, LiveFinding>();
  readonly #rules: readonly Rule[] = [
    aroundTheProxy,
    tooEarly(),
    distrust(),
    noCredentials(),
    wrongCredentials,
    refusedIdentity,
    refusedByProxy,
    originForm,
    tlsToPlainProxy,
  ];
  #next = 1;

  constructor(around: () => Surroundings) {
    this.#around = around;
  }

  /** The oldest first; what was seen again moves to the end. */
  get all(): readonly LiveFinding[] {
    return [...this.#found.values()];
  }

  /** Takes the next event of the record. */
  take(event: LedgerEvent): void {
    if (event.kind === 'request') this.#remember(event);
    const lately = {
      around: this.#around(),
      requestOf: ({ peer, exchange }: { readonly peer: string; readonly exchange?: string }) =>
        this.#requests.get(`${peer} ${exchange}`),
    };
    for (const rule of this.#rules) {
      const noticed = rule(event, lately);
      if (noticed) this.#note(noticed, event.t);
    }
  }

  #remember(event: ClientRequest): void {
    this.#requests.set(`${event.peer} ${event.exchange}`, event);
    if (this.#requests.size <= MOST_REQUESTS) return;
    const [oldest] = this.#requests.keys();
    if (oldest !== undefined) this.#requests.delete(oldest);
  }

  #note({ rule, says, advice, seq }: Noticed, t: number): void {
    const key = `${rule} ${says}`;
    const known = this.#found.get(key);
    this.#found.delete(key);
    this.#found.set(key, { id: known?.id ?? this.#next++, rule, says, advice, seq, times: (known?.times ?? 0) + 1, t });
    if (this.#found.size <= MOST_FINDINGS) return;
    const [oldest] = this.#found.keys();
    if (oldest !== undefined) this.#found.delete(oldest);
  }
}
