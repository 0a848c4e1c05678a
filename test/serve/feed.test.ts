import { describe, expect, it } from 'vitest';
import type { LedgerEvent } from '../../harness/ledger/index.ts';
import type { LabState } from '../../harness/serve/index.ts';
import { type ServedLab, startLab } from './_lab.ts';

interface Message {
  readonly event: string;
  readonly id?: string;
  readonly data: unknown;
}

/** Reads server-sent events until one is found. */
async function until(
  response: Response,
  found: (messages: readonly Message[]) => boolean,
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  let rest = '';
  for await (const part of response.body ?? []) {
    rest += Buffer.from(part).toString('utf8');
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
      );
      messages.push({
        event: fields['event'] ?? '',
        ...(fields['id'] ? { id: fields['id'] } : {}),
        data: JSON.parse(fields['data'] ?? 'null'),
      });
    }
    if (found(messages)) break;
  }
  return messages;
}

const eventsIn = (messages: readonly Message[]): readonly LedgerEvent[] =>
  messages.flatMap(({ event, data }) => (event === 'events' ? (data as LedgerEvent[]) : []));

const flag = ({ lab }: ServedLab, what: string): unknown => lab.ledger.record('harness', { kind: 'flag', what });

describe("a lab's feed", () => {
  it('tells the state first, then what there is, then what is new, in order and once', async () => {
    await using up = await startLab();
    flag(up, 'before');
    const response = await up.ask('GET', 'events');
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    flag(up, 'after');
    const messages = await until(response, (all) =>
      eventsIn(all).some((each) => each.kind === 'flag' && each.what === 'after'),
    );
    expect(messages[0]?.event).toBe('state');
    const seqs = eventsIn(messages).map(({ seq }) => seq);
    expect(seqs).toEqual(up.lab.ledger.events.map(({ seq }) => seq));
    expect(messages.at(-1)?.id ?? messages.at(-2)?.id).toBe(String(seqs.at(-1)));
  });

  it('goes on after the last event that a viewer has', async () => {
    await using up = await startLab();
    const { seq } = up.lab.ledger.record('harness', { kind: 'flag', what: 'seen' });
    flag(up, 'not seen');
    const response = await up.ask('GET', 'events', undefined, { 'Last-Event-ID': String(seq) });
    const events = eventsIn(await until(response, (all) => eventsIn(all).length > 0));
    expect(events.map((each) => each.kind === 'flag' && each.what)).toEqual(['not seen']);
  });

  it('counts who looks, twenty at once, and tells all of them the same', async () => {
    await using up = await startLab();
    const responses = await Promise.all(Array.from({ length: 20 }, () => up.ask('GET', 'events')));
    flag(up, 'for all');
    const heard = await Promise.all(
      responses.map((each) =>
        until(
          each,
          (all) =>
            eventsIn(all).some((event) => event.kind === 'flag') &&
            all.some(({ event, data }) => event === 'state' && (data as LabState).viewers === 20),
        ),
      ),
    );
    expect(new Set(heard.map((each) => eventsIn(each).length)).size).toBe(1);
  });

  it('keeps the newest events and no more than it may', async () => {
    await using up = await startLab(undefined, 500);
    for (let count = 0; count < 5000; count++) flag(up, `number ${count}`);
    const { record } = up.lab.state(0);
    expect(record.kept).toBeLessThanOrEqual(500);
    expect(record.kept + record.dropped).toBeGreaterThanOrEqual(5000);
    expect(up.lab.ledger.events.at(-1)).toMatchObject({ what: 'number 4999' });
    const events = up.lab.ledger.events.map(({ seq }) => seq);
    expect(events).toEqual(events.toSorted((a, b) => a - b));
    const messages = await until(await up.ask('GET', 'events'), (all) => eventsIn(all).length === record.kept);
    expect(eventsIn(messages)).toHaveLength(record.kept);
  });
});
