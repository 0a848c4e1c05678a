import { type AddressInfo, connect, createServer } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { expect, test } from 'vitest';
import { realClock } from '../../harness/clock/index.ts';
import { countingSink, type EventOf, Ledger, Secrets } from '../../harness/ledger/index.ts';
import { createTripwire, type Tripwire } from '../../harness/proxy/index.ts';
import { RawClient } from './stage.ts';

/** @param patienceMs for ever long where the rest of a message is on its way */
async function tripped(patienceMs = 600_000): Promise<{
  tripwire: Tripwire;
  ledger: Ledger;
  port: number;
  hit: () => Promise<EventOf<'tripwire'>>;
}> {
  const clock = realClock();
  const ledger = new Ledger({ case: 'test', clock, secrets: new Secrets(), sink: countingSink() });
  ledger.secrets.add('job-token', 'very-secret-token');
  const tripwire = createTripwire({ ledger, patienceMs });
  const hit = (): Promise<EventOf<'tripwire'>> =>
    new Promise((resolve) => {
      const stop = ledger.watch((event) => {
        if (event.kind !== 'tripwire') return;
        stop();
        resolve(event);
      });
    });
  return { tripwire, ledger, port: await tripwire.listen(), hit };
}

/** A door that leads to the tripwire, and says when somebody has come in by it. */
async function openDoor(tripwire: Tripwire) {
  const accepted = Promise.withResolvers<void>();
  const door = createServer((socket) => {
    tripwire.accept(socket, { host: 'gitlab.test', port: 443 });
    accepted.resolve();
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const { port } = door.address() as AddressInfo;
  return { port, accepted: accepted.promise, close: () => void door.close() };
}

test('records an HTTP request with its head redacted, at once, and answers 403', async () => {
  const { tripwire, port, hit } = await tripped();
  await using _ = tripwire;
  const hits = hit();
  const client = new RawClient(connect(port, '127.0.0.1'));
  client.say('POST /api/v4/jobs/request HTTP/1.1', 'Host: gitlab.test', 'JOB-TOKEN: very-secret-token');
  expect(await hits).toMatchObject({
    peer: 'tripwire',
    from: `127.0.0.1:${client.socket.localPort}`,
    protocol: 'http',
    detail: 'POST /api/v4/jobs/request HTTP/1.1',
    headers: [
      ['Host', 'gitlab.test'],
      ['JOB-TOKEN', '«job-token»'],
    ],
  });
  expect(await client.ends()).toBe('FIN');
  expect(client.text).toMatch(
    /^HTTP\/1\.1 403 [\s\S]*Connection refused by the test network: this went around the proxy\./,
  );
});

test('records the server name of a TLS client, and refuses the handshake', async () => {
  const { tripwire, port, hit } = await tripped();
  await using _ = tripwire;
  const hits = hit();
  const failed = new Promise<Error>((resolve) => {
    tlsConnect({ port, host: '127.0.0.1', servername: 'gitlab.test' }).once('error', resolve);
  });
  expect(await hits).toMatchObject({ protocol: 'tls', detail: 'gitlab.test' });
  expect((await failed).message).toMatch(/alert|access denied/i);
});

test('records where a connection that came by a door was going', async () => {
  const { tripwire, hit } = await tripped();
  await using _ = tripwire;
  const hits = hit();
  const door = await openDoor(tripwire);
  const client = new RawClient(connect(door.port, '127.0.0.1'));
  client.socket.write('\x00\x01hello');
  expect(await hits).toMatchObject({ to: 'gitlab.test:443', protocol: 'other', detail: '\\x00\\x01hello' });
  await client.ends();
  door.close();
});

test('records who said nothing when it has gone, and who is still there at the end', async () => {
  const { tripwire, ledger, port, hit } = await tripped();
  {
    await using _ = tripwire;
    const hits = hit();
    connect(port, '127.0.0.1').end();
    expect(await hits).toMatchObject({ protocol: 'silent' });
    const door = await openDoor(tripwire);
    connect(door.port, '127.0.0.1').on('error', () => {});
    await door.accepted;
    door.close();
  }
  expect(ledger.events.filter(({ kind }) => kind === 'tripwire')).toHaveLength(2);
});

test('puts a request together that comes byte by byte', async () => {
  const { tripwire, port, hit } = await tripped();
  await using _ = tripwire;
  const client = connect(port, '127.0.0.1').setNoDelay(true);
  const whole = hit();
  for (const byte of 'GET /a HTTP/1.1\r\nHost: gitlab.test\r\n\r\n') {
    client.write(byte);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await whole).toMatchObject({
    protocol: 'http',
    detail: 'GET /a HTTP/1.1',
    headers: [['Host', 'gitlab.test']],
  });
});

test('shows a request that is never finished', async () => {
  const { tripwire, port, hit } = await tripped(20);
  await using _ = tripwire;
  const part = hit();
  connect(port, '127.0.0.1')
    .on('error', () => {})
    .write('GET /b HTTP/1.1\r\nHost: gitl');
  expect(await part).toMatchObject({ protocol: 'http', detail: 'GET /b HTTP/1.1' });
});
