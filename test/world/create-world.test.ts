import { existsSync, readdirSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { realClock, simulatedClock } from '../../harness/clock/index.ts';
import { countingSink } from '../../harness/ledger/index.ts';
import { environmentOf, readProcesses } from '../../harness/process/index.ts';
import {
  createRunContext,
  createWorld,
  type RunContext,
  type RunContextOptions,
  type World,
  type WorldOptions,
  type WorldSpec,
} from '../../harness/world/index.ts';
import { finished, noNamespace, temporaryDirectory } from './stand-ins.ts';

type Options = Partial<WorldOptions> & { readonly isolation?: RunContextOptions['isolation'] };

/** A world with a run of its own. */
async function arrange(spec: WorldSpec, { isolation, ...options }: Options = {}) {
  const stack = new AsyncDisposableStack();
  const { dir } = stack.use(await temporaryDirectory());
  const run = stack.use(await createRunContext({ root: dir, ...(isolation ? { isolation } : {}) }));
  const world = stack.use(await build(run, spec, options));
  return { run, world, stack };
}

function build(run: RunContext, spec: WorldSpec, options: Partial<WorldOptions> = {}): Promise<World> {
  const clock = options.inProcess ? simulatedClock() : realClock();
  return createWorld({ spec, case: 'world/test', clock, sink: countingSink(), run, inProcess: false, ...options });
}

async function curl(world: World, url: string, ...args: string[]) {
  return finished(await world.host.spawn('curl', ['-sS', '--max-time', '5', ...args, url], { log: false }));
}

/** What a subject in this process gets for a GET. */
async function fetchInProcess(world: World, host: string, port: number, path: string, headers = {}): Promise<number> {
  const release = world.clock.hold();
  const socket: Socket = await world.host.connect(host, port);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get({ host, port, path, headers, createConnection: () => socket }, resolve).on('error', reject);
    });
    return response.statusCode ?? 0;
  } finally {
    socket.destroy();
    release();
  }
}

const behind: WorldSpec = { proxy: { kind: 'basic' } };

describe.skipIf(noNamespace)('a world in a namespace', () => {
  it('begins its ledger with what it is', async () => {
    const { world, stack } = await arrange(behind, { axes: { proxy: 'basic' }, profile: '18.3' });
    await using _ = stack;
    expect(world.ledger.events[0]).toMatchObject({
      kind: 'case-start',
      clock: 'real',
      isolation: 'namespace',
      axes: { proxy: 'basic' },
      profile: '18.3',
    });
    expect(world.host.isolation).toBe('namespace');
    expect(world.gitlabUrl).toBe(`http://gitlab.test:${world.gitlab.port}`);
    expect(new URL(world.proxy.url).host).toBe(`proxy.test:${world.proxy.port}`);
    expect(world.host.enter).toMatch(/nsenter --target \d+ /);
  });

  it('lets a program reach GitLab through the proxy, as the records of both say', async () => {
    const { world, stack } = await arrange(behind);
    await using _ = stack;
    const { code, err } = await curl(world, `${world.gitlabUrl}/api/v4/version`, '--proxy', world.proxy.url);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const [exchange] = await world.until('the request', (seen) => seen.proxy().length > 0 && seen.proxy(), 30_000);
    expect(exchange).toMatchObject({ method: 'GET', target: `${world.gitlabUrl}/api/v4/version` });
    expect(world.evidence.gitlab().map(({ via }) => via)).toEqual(['proxy']);
    expect(world.evidence.tripwire()).toEqual([]);
  });

  it('catches a program that goes around the proxy', async () => {
    const { world, stack } = await arrange(behind);
    await using _ = stack;
    await curl(world, `${world.gitlabUrl}/api/v4/version`);
    await curl(world, 'http://198.51.100.7/');
    await world.until('two hits', (seen) => seen.tripwire().length === 2, 30_000);
    expect(world.evidence.tripwire().map(({ to, protocol }) => ({ to, protocol }))).toEqual([
      { to: `gitlab.test:${world.gitlab.port}`, protocol: 'http' },
      { to: '198.51.100.7:80', protocol: 'http' },
    ]);
    expect(world.evidence.gitlab()).toEqual([]);
  });

  it('lets a program reach GitLab directly where there is no proxy, or the declaration says so', async () => {
    for (const spec of [{}, { ...behind, direct: 'gitlab' }] satisfies WorldSpec[]) {
      const { world, stack } = await arrange(spec);
      await using _ = stack;
      expect((await curl(world, `${world.gitlabUrl}/api/v4/version`)).code).toBe(0);
      await world.until('the request', (evidence) => evidence.gitlab().length === 1, 30_000);
      expect(world.evidence.gitlab().map(({ via }) => via)).toEqual(['direct']);
      expect(world.hasProxy).toBe('proxy' in spec);
    }
  });

  it('has a proxy that can be down for a program, and comes back', async () => {
    const { world, stack } = await arrange(behind);
    await using _ = stack;
    const ask = async () => (await curl(world, world.gitlabUrl, '--proxy', world.proxy.url)).code;
    await world.proxy.stop();
    expect(await ask()).toBe(7);
    await world.proxy.start();
    expect(await ask()).toBe(0);
  });

  it('leaves no process and no file', async () => {
    const { run, world, stack } = await arrange(behind);
    await using _ = stack;
    await world.host.spawn('sh', ['-c', 'setsid sleep 65 & sleep 66']);
    const bearing = () => readProcesses().filter(({ pid }) => environmentOf(pid).get('PROXYPROOF_RUN') === run.id);
    expect(bearing().length).toBeGreaterThan(0);
    await world[Symbol.asyncDispose]();
    expect(bearing()).toEqual([]);
    expect(readdirSync(run.dir).filter((name) => name.startsWith('world'))).toEqual([]);
    await run[Symbol.asyncDispose]();
    expect(existsSync(run.dir)).toBe(false);
  });

  it('does not disturb another', async () => {
    const { run, world, stack } = await arrange(behind);
    await using _ = stack;
    const others = await Promise.all([1, 2, 3].map(() => build(run, behind)));
    for (const other of others) {
      expect((await curl(other, `${other.gitlabUrl}/x`, '--proxy', other.proxy.url)).code).toBe(0);
      expect((await curl(other, world.gitlabUrl, '--proxy', world.proxy.url)).code).not.toBe(0);
      expect(other.evidence.gitlab()).toHaveLength(1);
    }
    await Promise.all(others.map((other) => other[Symbol.asyncDispose]()));
    expect((await curl(world, world.gitlabUrl, '--proxy', world.proxy.url)).code).toBe(0);
  });
});

describe('a world by names', () => {
  it('has a name for GitLab that only the proxy knows', async () => {
    const { world, stack } = await arrange(behind, { isolation: 'names' });
    await using _ = stack;
    expect(world.host.isolation).toBe('names');
    expect(new URL(world.proxy.url).host).toBe(`127.0.0.1:${world.proxy.port}`);
    expect((await curl(world, world.gitlabUrl)).err).toContain('Could not resolve host');
    expect((await curl(world, world.gitlabUrl, '--proxy', world.proxy.url)).code).toBe(0);
    expect(world.evidence.gitlab().map(({ via }) => via)).toEqual(['proxy']);
  });

  it('gives an address where there is no proxy', async () => {
    const { world, stack } = await arrange({}, { isolation: 'names' });
    await using _ = stack;
    expect(world.gitlabUrl).toBe(`http://127.0.0.1:${world.gitlab.port}`);
    expect((await curl(world, world.gitlabUrl)).code).toBe(0);
    expect(world.evidence.gitlab().map(({ via }) => via)).toEqual(['direct']);
    expect(() => world.proxy).toThrow(/^This world has no proxy/);
  });

  it('says what it cannot be, and leaves nothing', async () => {
    const { run, stack } = await arrange({}, { isolation: 'names' });
    await using _ = stack;
    const before = readdirSync(run.dir);
    await expect(build(run, { ...behind, direct: 'gitlab' })).rejects.toThrow(
      /^The world of world\/test could not be built: .* takes a network namespace/,
    );
    expect(readdirSync(run.dir)).toEqual(before);
  });
});

describe('a world for a subject in this process', () => {
  it('dials the proxy, GitLab and the tripwire by their names', async () => {
    const { world, stack } = await arrange(behind, { inProcess: true });
    await using _ = stack;
    expect(world.host.isolation).toBe('dialer');
    const { host, port, auth } = world.proxy;
    const basic = Buffer.from(`${auth.user}:${auth.password}`).toString('base64');
    const headers = { 'proxy-authorization': `Basic ${basic}` };
    await fetchInProcess(world, host, port, `${world.gitlabUrl}/api/v4/version`, headers);
    await fetchInProcess(world, 'gitlab.test', world.gitlab.port, '/around');
    await world.until('the tripwire', (seen) => seen.tripwire().length > 0, 30_000);
    expect(world.evidence.gitlab().map(({ via, target }) => `${via} ${target}`)).toEqual(['proxy /api/v4/version']);
    expect(world.evidence.tripwire().map(({ to }) => to)).toEqual([`gitlab.test:${world.gitlab.port}`]);
    await expect(world.host.connect('www.example.com', 443)).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await world.proxy.stop();
    await expect(world.host.connect(host, port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it.skipIf(noNamespace)('gives its programs the same names, and catches them too', async () => {
    const { world, stack } = await arrange({ ...behind, children: true }, { inProcess: true });
    await using _ = stack;
    expect(world.host.isolation).toBe('dialer');
    expect((await curl(world, world.gitlabUrl, '--proxy', world.proxy.url)).code).toBe(0);
    await curl(world, world.gitlabUrl);
    await fetchInProcess(world, 'gitlab.test', world.gitlab.port, '/around');
    await world.until('both hits', (seen) => seen.tripwire().length === 2, 30_000);
    expect(new Set(world.evidence.tripwire().map(({ to }) => to))).toEqual(
      new Set([`gitlab.test:${world.gitlab.port}`]),
    );
  });
});

it('waits, watches and marks on its own clock and ledger', async () => {
  const told: string[] = [];
  const { world, stack } = await arrange({}, { inProcess: true, waiting: (what) => told.push(what) });
  await using _ = stack;
  world.mark('cut', 'the proxy is cut off');
  expect(world.evidence.mark('cut')).toMatchObject({ peer: 'harness', what: 'the proxy is cut off' });
  await world.watch(20_000, 'nothing comes');
  expect(await world.waitFor('what never comes', () => undefined, 1000)).toBeUndefined();
  await expect(world.until('what never comes', () => false, 1000)).rejects.toThrow(/^Waited 1 s for what never comes/);
  expect(told).toEqual(['nothing comes', 'what never comes', 'what never comes']);
  expect(world.clock.elapsed()).toBeGreaterThanOrEqual(22_000);
});
