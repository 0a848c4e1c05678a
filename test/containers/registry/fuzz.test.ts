import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realClock } from '../../../harness/clock/index.ts';
import { createFront } from '../../../harness/containers/registry/front/index.ts';
import { countingSink, Evidence, Ledger, Secrets } from '../../../harness/ledger/index.ts';
import { randomNumbers, SEED, SEEDED, sendAll, sideBySide } from '../../fuzz.ts';
import { HANG_MS, HangWatch } from '../../hang-watch.ts';
import { mutate } from '../../mutate.ts';
import { SMUGGLED } from '../../proxy/smuggling/corpus.ts';
import { fill } from '../../proxy/smuggling/fill.ts';

test('changed requests to a registry are recorded before they pass its front, and nothing hangs', async () => {
  await using undo = new AsyncDisposableStack();
  const dir = await mkdtemp(join(tmpdir(), 'proxyproof-front-fuzz-'));
  undo.defer(() => rm(dir, { recursive: true, force: true }));
  let passed = 0;
  const behind = createServer((request, response) => {
    passed += 1;
    request.resume();
    response.end('ok');
  });
  const socketPath = join(dir, 'socket');
  await new Promise<void>((resolve) => void behind.listen(socketPath, resolve));
  undo.defer(() => {
    behind.closeAllConnections();
    behind.close();
  });
  const ledger = new Ledger({ case: 'test', clock: realClock(), secrets: new Secrets(), sink: countingSink() });
  const front = undo.use(await createFront({ ledger, host: 'registry.test', socketPath, listenerVia: 'proxy' }));
  using watch = new HangWatch();
  const below = randomNumbers(SEED);
  const place = { host: 'registry.test', path: '/v2/', credentials: 'Basic eDp5' };
  // With a path alone, as an origin is asked.
  const texts = SMUGGLED.map(({ bytes }) => fill(bytes.replaceAll('{url}', ''), place)).filter(
    ({ length }) => length < 5000,
  );
  await sideBySide(async () => {
    const bytes = Buffer.from(mutate(texts[below(texts.length)] ?? '', below, texts), 'latin1');
    await watch.over(sendAll(front.port, bytes), () => `${JSON.stringify(bytes.toString('latin1'))} (${SEEDED})`);
  });
  expect(passed).toBeGreaterThan(0);
  expect(passed, SEEDED).toBeLessThanOrEqual(new Evidence(ledger.events).of('request').length);
  expect(watch.longestMs, SEEDED).toBeLessThan(HANG_MS);
  expect((await fetch(`http://127.0.0.1:${front.port}/v2/`)).status).toBe(200);
}, 120_000);
