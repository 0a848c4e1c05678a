import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { realClock } from '../../harness/clock/index.ts';
import { Evidence } from '../../harness/ledger/index.ts';
import { environmentOf, readProcesses } from '../../harness/process/index.ts';
import { Host } from '../../harness/world/host.ts';
import { CASE_LOG_BYTES } from '../../harness/world/log-budget.ts';
import { finished, noNamespace, temporaryDirectory, testLedger, testNamespace } from './stand-ins.ts';

async function arrange(where: 'namespace' | 'names') {
  const stack = new AsyncDisposableStack();
  const { dir } = stack.use(await temporaryDirectory());
  const namespace = where === 'namespace' ? stack.use(await testNamespace(dir)) : undefined;
  const ledger = testLedger();
  const host = await Host.create({
    clock: realClock(),
    ledger,
    isolation: where,
    dir: join(dir, 'subject'),
    labels: { PROXYPROOF_RUN: `label of ${dir}`, PROXYPROOF_CASE: '1 world/test' },
    namespace,
    connect: () => Promise.reject(new Error('nobody connects here')),
  });
  const labelled = () => readProcesses().filter((each) => environmentOf(each.pid).get('PROXYPROOF_RUN')?.endsWith(dir));
  return { dir, host, ledger, labelled, stack, evidence: () => new Evidence(ledger.events) };
}

describe.each([
  ['namespace', noNamespace],
  ['names', undefined],
] as const)('a host by %s', (where, absent) => {
  it.skipIf(absent)('gives a program an environment of its own, and nothing of the caller’s', async () => {
    const { dir, host, stack } = await arrange(where);
    await using _ = stack;
    process.env['SECRET_OF_THE_CALLER'] = 'x';
    const env = await host.spawn('env', [], {
      env: { http_proxy: 'http://u:p@proxy.test:1', HOME: '/elsewhere' },
      log: false,
    });
    const lines = (await finished(env)).out.trim().split('\n').sort();
    delete process.env['SECRET_OF_THE_CALLER'];
    expect(lines.filter((line) => !line.startsWith('PATH='))).toEqual([
      'HOME=/elsewhere',
      'LANG=C.UTF-8',
      'PROXYPROOF_CASE=1 world/test',
      `PROXYPROOF_RUN=label of ${dir}`,
      `TMPDIR=${dir}/subject/tmp`,
      'http_proxy=http://u:p@proxy.test:1',
    ]);
    expect(lines.filter((line) => line.startsWith('PATH='))).toHaveLength(1);
    const home = await host.spawn('sh', ['-c', 'pwd; cd; pwd'], { log: false });
    expect((await finished(home)).out).toBe(`${dir}/subject\n${dir}/subject/home\n`);
  });

  it.skipIf(absent)('records the program, its lines and its end, without its secrets', async () => {
    const { host, ledger, stack, evidence } = await arrange(where);
    await using _ = stack;
    ledger.secrets.add('runner-token', 'glrt-0123456789');
    const script = 'read -r name; echo "{\\"msg\\":\\"hello $name\\"}"; echo "token $1" >&2; exit 5';
    const shell = await host.spawn('sh', ['-c', script, 'sh', 'glrt-0123456789']);
    shell.stdin.end('you\n');
    expect(await shell.exited).toEqual({ code: 5, signal: null });
    expect(evidence().of('process-start')[0]).toMatchObject({
      process: 'sh#1',
      command: ['sh', '-c', script, 'sh', '«runner-token»'],
    });
    expect(
      evidence()
        .logs()
        .map(({ stream, line }) => `${stream} ${line}`)
        .sort(),
    ).toEqual(['stderr token «runner-token»', 'stdout {"msg":"hello you"}']);
    expect(evidence().logs(/hello/)[0]?.fields).toEqual({ msg: 'hello you' });
    expect(evidence().of('process-exit')[0]).toMatchObject({ process: 'sh#1', code: 5, signal: null });
    expect(ledger.events.at(-1)?.kind).toBe('process-exit');
  });

  it.skipIf(absent)('says what cannot be started', async () => {
    const { dir, host, ledger, stack } = await arrange(where);
    await using _ = stack;
    await writeFile(join(dir, 'text'), 'no program');
    await expect(host.spawn('no-such-runner', [])).rejects.toMatchObject({
      code: 'ENOENT',
      message: expect.stringMatching(/^Cannot start no-such-runner: it is in no directory of PATH \(.*\)\. Install it/),
    });
    for (const file of ['/no/such/runner', join(dir, 'text'), dir]) {
      await expect(host.spawn(file, [])).rejects.toThrow(`Cannot start ${file}: there is no such executable file.`);
    }
    expect(ledger.events).toEqual([]);
  });

  it.skipIf(absent)('finds a program on the PATH it is given, and relative to its directory', async () => {
    const { dir, host, stack } = await arrange(where);
    await using _ = stack;
    const bin = join(dir, 'bin of its own');
    await mkdir(bin);
    await writeFile(join(bin, 'runner=1'), '#!/bin/sh\necho "ran with $1"\n', { mode: 0o755 });
    const onPath = await host.spawn('runner=1', ["it's"], { env: { PATH: `${bin}:/usr/bin:/bin` }, log: false });
    expect((await finished(onPath)).out).toBe("ran with it's\n");
    const relative = await host.spawn('./runner=1', ['$2'], { cwd: bin, log: false });
    expect((await finished(relative)).out).toBe('ran with $2\n');
  });

  it.skipIf(absent)('keeps little of a flood, lets it pass and says how much it dropped', async () => {
    const { host, ledger, stack, evidence } = await arrange(where);
    await using _ = stack;
    const bytes = 64 * 1024 * 1024;
    const flood = await host.spawn('sh', ['-c', `yes "$(printf '%01000d' 7)" | head -c ${bytes}`]);
    expect(await flood.exited).toMatchObject({ code: 0 });
    const kept = evidence()
      .logs()
      .reduce((sum, { line }) => sum + line.length, 0);
    expect(kept).toBeLessThanOrEqual(CASE_LOG_BYTES);
    expect(kept).toBeGreaterThan(CASE_LOG_BYTES / 2);
    const flags = evidence().of('flag');
    expect(flags).toHaveLength(1);
    const dropped = Number(/wrote (\d+) bytes more/.exec(flags[0]?.what ?? '')?.[1]);
    expect(dropped).toBeGreaterThan(bytes - CASE_LOG_BYTES - 20_000);
    expect(dropped).toBeLessThan(bytes);
    expect(ledger.events.length).toBeLessThan(6000);
  });

  it.skipIf(absent)('does not wait for a child that its program left behind', async () => {
    const { host, stack, evidence } = await arrange(where);
    await using _ = stack;
    const shell = await host.spawn('sh', ['-c', 'sleep 60 & echo done']);
    expect(await shell.exited).toMatchObject({ code: 0 });
    expect(
      evidence()
        .logs()
        .map(({ line }) => line),
    ).toEqual(['done']);
    await host[Symbol.asyncDispose]();
  });

  it.skipIf(absent)('ends everything when it is disposed, whatever session it is in', async () => {
    const { host, labelled, stack, evidence } = await arrange(where);
    await using _ = stack;
    const forks = 'trap "" TERM INT HUP; sleep 63 & setsid sh -c "sleep 61 & echo ready; exec sleep 62" & wait';
    const shell = await host.spawn('sh', ['-c', forks]);
    await once(shell.stdout, 'data');
    await host.spawn('sleep', ['64']);
    expect(labelled().length).toBeGreaterThanOrEqual(5);
    await host[Symbol.asyncDispose]();
    expect(labelled()).toEqual([]);
    expect(
      evidence()
        .of('process-exit')
        .map(({ signal }) => signal),
    ).toEqual(['SIGKILL', 'SIGKILL']);
  });
});
