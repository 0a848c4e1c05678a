import { describe, expect, test } from 'vitest';
import { simulatedClock } from '../../harness/clock/index.ts';
import type { Fault, ProxyKind } from '../../harness/proxy/index.ts';
import { hasSquid, ProxyStage } from './stage.ts';

const KINDS: readonly ProxyKind[] = ['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])];

describe.each(KINDS)('in simulated time, a proxy of kind %s', (kind) => {
  /** Asks as a client does: it holds the clock until it has its answer, or gives up after a minute of that time. */
  async function ask(stage: ProxyStage, method: 'GET' | 'CONNECT'): Promise<string> {
    const release = stage.clock.hold();
    const client = stage.connect();
    const host = new URL(stage.http).host;
    const target = method === 'GET' ? `${stage.http}/` : host;
    client.say(`${method} ${target} HTTP/1.1`, `Host: ${host}`, `Proxy-Authorization: ${stage.basic}`);
    const done = new AbortController();
    const timeout = stage.clock.sleep(60_000, done.signal).then(() => 'timeout');
    const answer = client.hears(/\r\n\r\n/).then(() => 'answered');
    const ended = client.ends().then(() => 'ended');
    const outcome = await Promise.race([timeout, answer, ended]);
    for (const each of [timeout, answer, ended]) each.catch(() => {});
    done.abort();
    client.socket.destroy();
    release();
    return outcome;
  }

  test.each<[Fault, 'GET' | 'CONNECT', string, number]>([
    [{ fault: 'delay', ms: 40_000 }, 'GET', 'answered', 40_000],
    [{ fault: 'delay', ms: 40_000, on: 'connect' }, 'CONNECT', 'answered', 40_000],
    [{ fault: 'hang' }, 'GET', 'timeout', 60_000],
    [{ fault: 'hang', when: 'on-connect' }, 'GET', 'timeout', 60_000],
    [{ fault: 'hang', when: 'on-request' }, 'CONNECT', 'timeout', 60_000],
  ])('%j takes its time from the clock (%s)', async (fault, method, outcome, ms) => {
    const clock = simulatedClock();
    await using stage = await ProxyStage.create({ kind }, { clock });
    const before = clock.elapsed();
    stage.proxy.inject(fault);
    expect(await ask(stage, method)).toBe(outcome);
    expect(clock.elapsed() - before).toBe(ms);
  });

  test('an answer that comes at once takes no time, nor do other credentials and a restart', async () => {
    const clock = simulatedClock();
    await using stage = await ProxyStage.create({ kind }, { clock });
    const watching = clock.sleep(1_000_000);
    const release = clock.hold();
    expect(await ask(stage, 'GET')).toBe('answered');
    release();
    await stage.proxy.setCredentials({ user: 'x', password: 'yyyyyy' });
    await stage.proxy.restart();
    void watching;
    expect(clock.elapsed()).toBeLessThanOrEqual(1_000_000);
  });
});
