import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { expect, it } from 'vitest';
import { realClock } from '../../harness/clock/index.ts';
import { Connections, countingSink, Ledger, listen, makeServer, Secrets } from '../../harness/ledger/index.ts';
import { createCertificateAuthority } from '../../harness/tls/index.ts';

/** What node:http says of a connection: an error of the system, or one of its parser. */
const errors: readonly (readonly [what: string, error: object, malformed: number])[] = [
  ['a client that left', { code: 'ECONNRESET', syscall: 'read' }, 0],
  ['a client that left while something was written to it', { code: 'EPIPE', syscall: 'write' }, 0],
  ['a network that is gone', { code: 'ETIMEDOUT', syscall: 'read' }, 0],
  ['bytes that are no HTTP', { code: 'HPE_INVALID_METHOD' }, 1],
];

it.each(errors)('an origin takes %s for what it is', async (what, error, malformed) => {
  const ledger = new Ledger({ case: 'test', clock: realClock(), secrets: new Secrets(), sink: countingSink() });
  const heard: string[] = [];
  const connections = new Connections({
    ledger,
    peer: 'gitlab',
    to: () => 'gitlab.test',
    defaultVia: 'proxy',
  });
  const server = makeServer(undefined, connections, (_, why) => heard.push(why));
  const client = connect(await listen(server), '127.0.0.1');
  const [socket] = (await once(server, 'connection')) as [Socket];
  const gone = once(client, 'close');
  server.emit('clientError', Object.assign(new Error(what), error), socket);
  client.resume();
  await gone;
  expect(heard).toHaveLength(malformed);
  await new Promise((resolve) => server.close(resolve));
});

it('an origin tells of a client that does not trust it once, as of a handshake that failed', async () => {
  const ledger = new Ledger({ case: 'test', clock: realClock(), secrets: new Secrets(), sink: countingSink() });
  const heard: (string | undefined)[] = [];
  const connections = new Connections({ ledger, peer: 'gitlab', to: () => 'x', defaultVia: 'proxy' });
  const certificate = await (await createCertificateAuthority('the test')).issue(['localhost']);
  const told = Promise.withResolvers<void>();
  const server = makeServer(certificate, connections, (_connection, _why, tls) => {
    heard.push(tls);
    told.resolve();
  });
  const client = tlsConnect({ port: await listen(server), host: '127.0.0.1', servername: 'localhost' });
  await once(client, 'error');
  await told.promise;
  await connections.cutAll();
  await new Promise((resolve) => server.close(resolve));
  expect(heard).toEqual(['failed']);
});
