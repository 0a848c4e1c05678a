import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { machineClock } from '../../harness/clock/index.ts';
import { environmentOf, readProcess, readProcesses } from '../../harness/process/index.ts';
import type { Namespace } from '../../harness/world/namespace/index.ts';
import { startProcess } from '../../harness/world/start-process.ts';
import { finished, noNamespace, temporaryDirectory, testNamespace } from './stand-ins.ts';

/** How long the system's resolver waits for an answer, in seconds (resolv.conf(5)). */
const RESOLVER_TIMEOUT_S = 5;

const start = (namespace: Namespace, file: string, args: string[], env: Record<string, string> = {}, cwd = '/') =>
  startProcess({ id: 'p', file, args, cwd, env: { PATH: '/usr/bin:/bin', ...env }, namespace });

describe.skipIf(noNamespace)('a namespace', () => {
  it('takes a connection to any address, and says which was meant', async () => {
    await using place = await temporaryDirectory();
    await using namespace = await testNamespace(place.dir);
    const [server] = await namespace.listen({ host: '0.0.0.0', port: 80 });
    const destinations: string[] = [];
    server?.on('connection', (socket) => {
      destinations.push(`${socket.localAddress}:${socket.localPort}`);
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
    });
    const curl = await start(namespace, '/usr/bin/curl', ['-sS', 'http://gitlab.test/', 'http://198.51.100.7/']);
    expect(await finished(curl)).toEqual({ out: '', err: '', code: 0 });
    expect(destinations).toEqual(['192.0.2.10:80', '198.51.100.7:80']);
    server?.close();
  });

  it('knows no names but its own, and says so at once', async () => {
    await using place = await temporaryDirectory();
    await using namespace = await testNamespace(place.dir);
    const curl = await start(namespace, '/usr/bin/curl', ['-sS', '-w', '%{time_total}', 'http://www.example.com/']);
    const { out, err, code } = await finished(curl);
    expect(code).toBe(6);
    expect(err).toContain('Could not resolve host');
    // By curl's own clock, which does not run while it starts: less than a name server is waited for (resolv.conf(5)).
    expect(Number(out)).toBeLessThan(RESOLVER_TIMEOUT_S);
  });

  it('leaves the machine as it is', async () => {
    const hosts = readFileSync('/etc/hosts', 'utf8');
    await using place = await temporaryDirectory();
    await using namespace = await testNamespace(place.dir);
    const cat = await start(namespace, '/bin/cat', ['/etc/hosts']);
    expect((await finished(cat)).out).toContain('192.0.2.10\tgitlab.test');
    expect(readFileSync('/etc/hosts', 'utf8')).toBe(hosts);
  });

  it('opens connections inside, small or not, several at once', async () => {
    await using place = await temporaryDirectory();
    await using namespace = await testNamespace(place.dir);
    const [server] = await namespace.listen({ host: '172.17.0.1', port: 3128 });
    server?.on('connection', (socket) => socket.end(`you came to ${socket.localAddress}`));
    namespace.seal();
    const sockets = await Promise.all([1, 2, 3].map(() => namespace.connect('172.17.0.1', 3128)));
    expect(await Promise.all(sockets.map(text))).toEqual(Array(3).fill('you came to 172.17.0.1'));
    await expect(namespace.connect('172.17.0.1', 3129)).rejects.toMatchObject({ code: 'ECONNREFUSED', port: 3129 });
    server?.close();
    await namespace[Symbol.asyncDispose]();
    await expect(namespace.connect('172.17.0.1', 3128)).rejects.toThrow(/has ended|closed/);
  });

  it('opens listeners again after it has become small', async () => {
    await using place = await temporaryDirectory();
    await using namespace = await testNamespace(place.dir);
    namespace.seal();
    const [server] = await namespace.listen({ host: '192.0.2.1', port: 3129 });
    if (!server) throw new Error('there is no listener');
    const connected = once(server, 'connection');
    const curl = await start(namespace, '/usr/bin/curl', ['-sS', '--max-time', '60', 'http://proxy.test:3129/']);
    const [socket] = await connected;
    socket.end('HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nback');
    expect((await finished(curl)).out).toBe('back');
    server.close();
  });

  it('says that an address is taken', async () => {
    await using place = await temporaryDirectory();
    await using namespace = await testNamespace(place.dir);
    const [server] = await namespace.listen({ host: '0.0.0.0', port: 8080 });
    await expect(namespace.listen({ host: '0.0.0.0', port: 8080 })).rejects.toThrow(
      /^Cannot listen on 0\.0\.0\.0:8080 in the subject's namespace: .*EADDRINUSE/,
    );
    server?.close();
  });

  it('gives a program its environment, directory, descriptors and exit code, and nothing else', async () => {
    await using place = await temporaryDirectory();
    await using namespace = await testNamespace(place.dir);
    const env = await start(namespace, '/usr/bin/env', [], { NAME: "it's $HOME" }, place.dir);
    expect((await finished(env)).out.split('\n').sort()).toEqual(['', "NAME=it's $HOME", 'PATH=/usr/bin:/bin']);
    const files = await start(
      namespace,
      '/bin/ls',
      ['-l', '/proc/self/cwd', '/proc/self/fd', '--time-style=+'],
      {},
      place.dir,
    );
    const { out } = await finished(files);
    expect(out).toContain(`/proc/self/cwd -> ${place.dir}`);
    // The descriptor by which its arrival was told is free again: it is the directory that ls reads.
    expect(out).toMatch(/ 3 -> \/proc\/\d+\/fd\b/);
    const odd = await start(namespace, '/bin/sh', ['-c', 'exit 7']);
    expect((await finished(odd)).code).toBe(7);
  });

  it('signals the program itself', async () => {
    await using place = await temporaryDirectory();
    await using namespace = await testNamespace(place.dir);
    const trap = "trap 'echo got it; exit 3' TERM; echo ready; while :; do sleep 0.05; done";
    const shell = await start(namespace, '/bin/sh', ['-c', trap]);
    expect(readProcess(shell.pid)?.name).toBe('sh');
    await once(shell.stdout, 'readable');
    shell.kill('SIGTERM');
    expect(await finished(shell)).toMatchObject({ out: 'ready\ngot it\n', code: 3 });
    const sleep = await start(namespace, '/bin/sleep', ['60']);
    sleep.kill('SIGKILL');
    expect(await sleep.exited).toEqual({ code: null, signal: 'SIGKILL' });
    expect(() => sleep.kill('SIGTERM')).not.toThrow();
  });

  it('ends all that is in it, forks of forks included', async () => {
    await using place = await temporaryDirectory();
    const namespace = await testNamespace(place.dir);
    const forks = 'sleep 63 & setsid sh -c "setsid sleep 61 & echo ready; exec sleep 62" & wait';
    const shell = await start(namespace, '/bin/sh', ['-c', forks], { TEST_WORLD: place.dir });
    await once(shell.stdout, 'readable');
    const inside = () => readProcesses().filter(({ pid }) => environmentOf(pid).get('TEST_WORLD') === place.dir);
    expect(inside().length).toBeGreaterThanOrEqual(4);
    await namespace[Symbol.asyncDispose]();
    expect(inside().filter(({ pid }) => pid !== shell.pid)).toEqual([]);
    await shell.exited;
    expect(inside()).toEqual([]);
    await namespace[Symbol.asyncDispose]();
  });

  it('leaves no zombie where nobody waits for a child', async () => {
    await using place = await temporaryDirectory();
    await using namespace = await testNamespace(place.dir);
    namespace.seal();
    // Entering takes longer than the first process needs to become small; its state is then asked from inside.
    const orphan = `until grep -q cat /proc/1/comm; do sleep 0.01; done
      (true & echo $! >orphan)
      while [ -e "/proc/$(cat orphan)" ]; do sleep 0.01; done`;
    const shell = await start(namespace, '/bin/sh', ['-c', orphan], {}, place.dir);
    // It ends when the orphan is gone; a zombie would stay for ever.
    expect(await machineClock.within(60_000, 'the end of an orphan', finished(shell))).toMatchObject({ code: 0 });
    expect(readFileSync(join(place.dir, 'orphan'), 'utf8')).toMatch(/^\d+\n$/);
  });

  it('says why a program cannot be started in a namespace that is gone', async () => {
    await using place = await temporaryDirectory();
    const namespace = await testNamespace(place.dir);
    await namespace[Symbol.asyncDispose]();
    await expect(start(namespace, '/bin/true', [])).rejects.toThrow(/^Cannot start \/bin\/true: nsenter: /);
    await expect(namespace.listen({ host: '0.0.0.0', port: 80 })).rejects.toThrow(/^Cannot listen on 0\.0\.0\.0:80/);
  });
});

it('reads a process as it is', async () => {
  const child = spawn('/bin/sleep', ['60'], { env: { MARK: 'here' } });
  await once(child, 'spawn');
  expect(readProcess(child.pid ?? 0)).toMatchObject({ pid: child.pid, zombie: false });
  expect(environmentOf(child.pid ?? 0).get('MARK')).toBe('here');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readProcess(child.pid ?? 0)).toBeUndefined();
});
