import { describe, expect, it } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import { anotherPasses } from '../another-passes.ts';
import { type Started, start } from './started.ts';

/** Asks as a client of a simulated world does: time stands still unless the peer says otherwise. */
async function poll({ gitlab, base, clock }: Started, signal?: AbortSignal) {
  const release = clock.hold();
  try {
    const response = await fetch(`${base}/api/v4/jobs/request`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: gitlab.tokens.runner }),
      ...(signal ? { signal } : {}),
    });
    await response.arrayBuffer();
    return { status: response.status, at: clock.elapsed() };
  } finally {
    release();
  }
}

/** Resolves when so many job requests have arrived. */
function arrivals({ ledger, evidence }: Started, count: number): Promise<void> {
  let left = count - evidence.gitlab('job').length;
  if (left <= 0) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = ledger.watch((event) => {
      // The request is held in the turn in which its body is recorded, which is the one before this.
      if (event.kind !== 'request-body' || --left > 0) return;
      stop();
      setImmediate(resolve);
    });
  });
}

describe('long polling', () => {
  it('holds a job request for as long as is declared, on the clock', async () => {
    await using started = await start({ longPollMs: 50_000 }, { clock: simulatedClock() });
    const before = performance.now();
    const { status, at } = await poll(started);
    expect(status).toBe(204);
    expect(at).toBe(50_000);
    expect(performance.now() - before).toBeLessThan(30_000);
  });

  it('hands a job to the request that has waited longest, at once', async () => {
    await using started = await start({ longPollMs: 50_000 });
    const first = poll(started);
    await arrivals(started, 1);
    const second = poll(started);
    await arrivals(started, 2);
    started.gitlab.queue({});
    expect((await first).status).toBe(201);
    started.gitlab.releaseLongPolls();
    expect((await second).status).toBe(204);
  });

  it('times every request out by its own arrival', async () => {
    await using started = await start({ longPollMs: 50_000 }, { clock: simulatedClock() });
    const first = poll(started);
    await started.clock.sleep(20_000);
    const second = poll(started);
    expect((await first).at).toBe(50_000);
    expect((await second).at).toBe(70_000);
    expect((await poll(started)).at).toBe(120_000);
  });

  it('forgets a request whose client has gone away', async () => {
    await using started = await start({ longPollMs: 50_000 });
    const leaving = new AbortController();
    const gone = expect(poll(started, leaving.signal)).rejects.toThrow();
    await arrivals(started, 1);
    const ended = new Promise<void>((resolve) => {
      const stop = started.ledger.watch((event) => {
        if (event.kind !== 'connection-end') return;
        stop();
        resolve();
      });
    });
    leaving.abort();
    await Promise.all([gone, ended]);
    const job = started.gitlab.queue({});
    expect(job.state).toBe('pending');
    expect((await poll(started)).status).toBe(201);
  });

  it('lets simulated time stand still again when nobody is held', async () => {
    await using started = await start({ longPollMs: 50_000 }, { clock: simulatedClock() });
    const held = poll(started);
    await arrivals(started, 1);
    started.gitlab.queue({});
    expect((await held).status).toBe(201);
    const release = started.clock.hold();
    const before = started.clock.elapsed();
    await anotherPasses();
    expect(started.clock.elapsed()).toBe(before);
    release();
    // The deadline of the request that was answered is nobody's any more.
    await anotherPasses();
    expect(started.clock.elapsed()).toBe(before);
  });

  it('cuts held requests when it goes down', async () => {
    const started = await start({ longPollMs: 50_000 });
    const cut = expect(poll(started)).rejects.toThrow();
    await arrivals(started, 1);
    await started[Symbol.asyncDispose]();
    await cut;
  });
});
