import type { Header, LedgerEvent } from '../../../ledger/index.ts';
import { phrase, wholeText } from '../../../report/picture/phrase.ts';
import { originForm } from '../../../url/target.ts';
import { clientsOf, isOfKind } from './facets.ts';
import type { Group, LabRecord } from './record.ts';

/** What the reader wants to see of the record; an empty text chooses everything. */
export interface RecordChoice {
  readonly client: string;
  readonly host: string;
  /** Such as `429`, `5xx` or `wrong`. */
  readonly status: string;
  readonly words: string;
}

export const EVERYTHING: RecordChoice = { client: '', host: '', status: '', words: '' };

export const isEverything = ({ client, host, status, words }: RecordChoice): boolean =>
  client === '' && host === '' && status === '' && words.trim() === '';

/** What is chosen of the record, and whether that is all of it or there is more to be looked at. */
export interface Chosen {
  readonly events: readonly LedgerEvent[];
  readonly isAll: boolean;
}

/** Chooses events of the record: a request, its bodies and its answer are shown together or not at all. */
export class Chooser {
  #choice = EVERYTHING;
  #words: readonly string[] = [];
  /** What is known of groups under this choice. */
  #known = new WeakMap<Group, { readonly version: number; readonly is: boolean }>();

  set choice(choice: RecordChoice) {
    this.#choice = choice;
    this.#words = choice.words.toLowerCase().split(/\s+/).filter(Boolean);
    this.#known = new WeakMap();
  }

  get choice(): RecordChoice {
    return this.#choice;
  }

  /**
   * The events that are chosen, as far as that can be said in so many milliseconds: of the newest first. What is known then is
   * kept, so that the next call says more.
   */
  chosen(record: LabRecord, withinMs = Number.POSITIVE_INFINITY): Chosen {
    if (isEverything(this.#choice)) return { events: record.events, isAll: true };
    const until = performance.now() + withinMs;
    let isAll = true;
    const events = record.chosen((group) => {
      const known = this.#known.get(group);
      if (known?.version === group.version) return known.is;
      if (performance.now() > until) {
        isAll = false;
        return false;
      }
      const is = this.#decide(group);
      this.#known.set(group, { version: group.version, is });
      return is;
    });
    return { events, isAll };
  }

  #decide({ facets, events }: Group): boolean {
    const { client, host, status } = this.#choice;
    if (client !== '' && !clientsOf(facets).includes(client)) return false;
    if (host !== '' && facets.host !== host) return false;
    if (status !== '' && (facets.status === undefined || !isOfKind(facets.status, status))) return false;
    if (this.#words.length === 0) return true;
    const text = events.map(searchedText).join('\n').toLowerCase();
    return this.#words.every((word) => text.includes(word));
  }
}

/** What is searched of an event: what its row and its panel say. Of tens of thousands it must be had while one types. */
function searchedText(event: LedgerEvent): string {
  switch (event.kind) {
    case 'request':
      return `${event.method} ${event.target} ${event.method} ${originForm(event.target)}\n${headersText(event.headers)}`;
    case 'response':
      return `${event.status} ${event.reason}\n${headersText(event.headers)}`;
    case 'request-body':
    case 'response-body':
      return event.text ?? '';
    default:
      return `${phrase(event)}\n${wholeText(event)}`;
  }
}

const headersText = (headers: readonly Header[]): string =>
  headers.map(([name, value]) => `${name}: ${value}`).join('\n');
