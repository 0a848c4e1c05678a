import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { dirname } from 'node:path';
import type { Ways } from './places.ts';

/** Addresses of the stand-in machine; they are its own, so that whatever listens on all addresses answers there. */
const ADDRESSES = [
  '10.9.8.7/32',
  '169.254.169.254/32',
  '203.0.113.9/32',
  '172.17.0.1/32',
  '172.17.0.9/32',
  'fd00:9::7/128',
];

/** Fills the stand-in machine, in whose namespaces this runs, with what a subject must not reach. */
export async function setDecoys(at: Pick<Ways, 'word' | 'tmp' | 'home' | 'reports'>): Promise<{
  readonly port: number;
  readonly proxy: string;
  readonly segment: number;
  /** Puts another decoy at a path. */
  readonly listen: (path: string) => Promise<unknown>;
}> {
  for (const each of ADDRESSES)
    execFileSync('ip', ['address', 'add', each, 'dev', 'lo', ...(each.includes('::') ? ['nodad'] : [])]);
  const listen = async (where: string | number): Promise<number> => {
    if (typeof where === 'string' && !where.startsWith('\0')) mkdirSync(dirname(where), { recursive: true });
    const server = createServer((_, response) => response.end(at.word)).listen(where);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  for (const each of [80, 2375]) await listen(each);
  for (const each of ['docker.sock', 'containerd/containerd.sock', 'dbus/system_bus_socket', 'systemd/private'])
    await listen(`/run/${each}`);
  await listen(`${at.tmp}/agent.sock`);
  await listen('/mnt/service/api.sock');
  await listen('\0proxyproof-knock');
  const names = createSocket('udp4', (_, from) => names.send(at.word, from.port, from.address)).bind(53, '0.0.0.0');
  await once(names, 'listening');
  const secrets = [
    '/run/secret',
    '/dev/shm/secret',
    `${at.reports}/ledger.ndjson`,
    `${at.tmp}/proxyproof-of-another-run-${at.word}/x`,
    ...['.docker/config.json', '.ssh/id_ed25519', '.netrc', '.cache/token'].map((each) => `${at.home}/${each}`),
  ];
  for (const each of secrets) {
    mkdirSync(dirname(each), { recursive: true });
    writeFileSync(each, `${at.word}\n`);
  }
  spawn('sleep', ['600'], { env: { PATH: '/usr/bin:/bin', KNOCK: at.word }, stdio: 'ignore' });
  const segment = Number(/\d+/.exec(execFileSync('ipcmk', ['-M', '64'], { encoding: 'utf8' }))?.[0]);
  return { port, proxy: `http://user:password@127.0.0.1:${await openProxy()}`, segment, listen };
}

/** A proxy that leads anywhere: what ours must not be. It takes every name for the machine's own. */
async function openProxy(): Promise<number> {
  const address = (name: string): string => (/^[\d.]+$/.test(name) ? name : '127.0.0.1');
  const server = createServer((asked, response) => {
    const { hostname, port, pathname } = new URL(asked.url ?? '');
    const passed = request({ host: address(hostname), port: port || 80, path: pathname }, (got) => got.pipe(response));
    passed.on('error', () => response.destroy());
    passed.end();
  });
  server.on('connect', (asked, client) => {
    const [name = '', port] = (asked.url ?? '').split(':');
    const origin = connect(Number(port), address(name), () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(origin).pipe(client);
    });
    for (const each of [client, origin]) each.on('error', () => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
