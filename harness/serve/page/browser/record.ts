import type { EventOf, LedgerEvent } from '../../../ledger/index.ts';
import { exchangeKey } from './exchange-key.ts';
import { asksFor, clientsOf, type Facets, facetsOf } from './facets.ts';

/** What belongs together in the record: a request with its bodies and its answer, or one event alone. */
export interface Group {
  readonly key: string;
  readonly events: LedgerEvent[];
  facets: Facets;
  /** Rises with each event, so that what was found out of it can be known to be old. */
  version: number;
}

/** What the page keeps of the lab's record: no more than the lab itself. */
export class LabRecord {
  #events: LedgerEvent[] = [];
  /** The group of each event, at the same place. */
  #groupsInOrder: Group[] = [];
  readonly #groups = new Map<string, Group>();
  readonly #connections = new Map<string, EventOf<'connection'>>();
  /** Which container has an address now. */
  readonly #containers = new Map<string, EventOf<'container'>>();
  readonly #clients = new Map<string, number>();
  readonly #hosts = new Map<string, number>();

  get events(): readonly LedgerEvent[] {
    return this.#events;
  }

  /** Names that there are, for a filter. */
  get clients(): readonly string[] {
    return [...this.#clients.keys()].sort();
  }

  get hosts(): readonly string[] {
    return [...this.#hosts.keys()].sort();
  }

  groupOf(event: LedgerEvent): Group | undefined {
    return this.#groups.get(exchangeKey(event));
  }

  /** The events whose group is chosen. The newest are asked for first. */
  chosen(isChosen: (group: Group) => boolean): LedgerEvent[] {
    const chosen: LedgerEvent[] = [];
    for (let place = this.#events.length - 1; place >= 0; place--) {
      const [event, group] = [this.#events[place], this.#groupsInOrder[place]];
      if (event && group && isChosen(group)) chosen.push(event);
    }
    return chosen.reverse();
  }

  /** @param limit how many events are kept */
  add(events: readonly LedgerEvent[], limit: number): void {
    const last = this.#events.at(-1)?.seq ?? 0;
    for (const event of events) if (event.seq > last) this.#take(event);
    // Cutting an array off at its beginning costs as much as it is long, so it is done for many events at once.
    if (this.#events.length > limit * 1.05) this.#forget(this.#events.length - limit);
  }

  clear(): void {
    this.#events = [];
    this.#groupsInOrder = [];
    for (const each of [this.#groups, this.#connections, this.#containers, this.#clients, this.#hosts]) each.clear();
  }

  find(seq: number): LedgerEvent | undefined {
    let [from, to] = [0, this.#events.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#events[middle]?.seq ?? 0) < seq) from = middle + 1;
      else to = middle;
    }
    const found = this.#events[from];
    return found?.seq === seq ? found : undefined;
  }

  /** What a picture of some events must know besides, and draws no row of: their connections, and whose addresses those are. */
  context(events: readonly LedgerEvent[]): LedgerEvent[] {
    const found = new Set<LedgerEvent>();
    for (const event of events) {
      if (event.kind !== 'request') continue;
      const connection = this.#connections.get(`${event.peer} ${event.connection}`);
      if (connection) found.add(connection);
    }
    const containers = [...this.#containers.values()].map((each) => ({ ...each, what: 'created' as const }));
    return [...containers, ...found].filter((each) => !events.some((event) => event.seq === each.seq));
  }

  #take(event: LedgerEvent): void {
    this.#events.push(event);
    if (event.kind === 'connection') this.#connections.set(`${event.peer} ${event.connection}`, event);
    if (event.kind === 'container') for (const each of event.addresses ?? []) this.#containers.set(each, event);
    const key = exchangeKey(event);
    const group = this.#groups.get(key) ?? { key, events: [], facets: {}, version: 0 };
    this.#groups.set(key, group);
    this.#groupsInOrder.push(group);
    group.events.push(event);
    group.version++;
    if (asksFor(event)) {
      group.facets = { ...group.facets, ...facetsOf(event, this.#containerOf(event)) };
      this.#count(group.facets, 1);
    }
    if (event.kind === 'response') group.facets = { ...group.facets, status: event.status };
  }

  #containerOf(event: EventOf<'request'> | EventOf<'tripwire'>): string | undefined {
    const from =
      event.kind === 'tripwire' ? event.from : this.#connections.get(`${event.peer} ${event.connection}`)?.from;
    return from === undefined ? undefined : this.#containers.get(from.replace(/:\d+$/, ''))?.name;
  }

  #forget(count: number): void {
    this.#groupsInOrder.splice(0, count);
    for (const event of this.#events.splice(0, count)) {
      const group = this.groupOf(event);
      if (!group) continue;
      group.events.shift();
      group.version++;
      if (group.events.length === 0) this.#groups.delete(group.key);
      if (asksFor(event)) this.#count(group.facets, -1);
      if (event.kind === 'connection-end') this.#connections.delete(`${event.peer} ${event.connection}`);
    }
  }

  #count(facets: Facets, by: 1 | -1): void {
    for (const each of clientsOf(facets)) countIn(this.#clients, each, by);
    if (facets.host !== undefined) countIn(this.#hosts, facets.host, by);
  }
}

function countIn(names: Map<string, number>, name: string, by: number): void {
  const now = (names.get(name) ?? 0) + by;
  if (now > 0) names.set(name, now);
  else names.delete(name);
}
