import { describe, expect, it } from 'vitest';
import { realClock } from '../../harness/clock/index.ts';
import { PROXY_ADDRESS } from '../../harness/world/names.ts';
import type { Namespace } from '../../harness/world/namespace/index.ts';
import { NamespaceDoors } from '../../harness/world/namespace-doors.ts';
import { createRoutes } from '../../harness/world/routes.ts';
import { scenarioProxy } from '../../harness/world/scenario-proxy.ts';
import { startProcess } from '../../harness/world/start-process.ts';
import {
  finished,
  noNamespace,
  standInGitlab,
  standInProxy,
  standInTrap,
  temporaryDirectory,
  testNamespace,
} from './stand-ins.ts';

async function arrange(direct: 'tripwire' | 'gitlab') {
  const stack = new AsyncDisposableStack();
  const { dir } = stack.use(await temporaryDirectory());
  const gitlab = stack.use(await standInGitlab());
  const proxy = stack.use(await standInProxy());
  const trap = standInTrap();
  const namespace = stack.use(await testNamespace(dir));
  const doors = stack.use(new NamespaceDoors(namespace));
  await doors.prepare(false);
  const routes = createRoutes({ gitlab, proxy, registry: undefined, standby: undefined, tripwire: trap, direct });
  const [door] = await doors.lead(routes, [gitlab.port], [{ host: PROXY_ADDRESS, port: proxy.port }]);
  if (!door) throw new Error('there is no door to the proxy');
  stack.use(door);
  const failed = (error: Error): never => {
    throw error;
  };
  return {
    gitlab,
    door,
    proxy: scenarioProxy(proxy, { clock: realClock(), door, failed }),
    seen: proxy.seen,
    trap,
    namespace,
    stack,
  };
}

async function curl(namespace: Namespace, ...args: string[]) {
  const all = ['-sS', '--max-time', '5', ...args];
  return finished(
    await startProcess({
      id: 'curl',
      file: '/usr/bin/curl',
      args: all,
      cwd: '/',
      env: { PATH: '/usr/bin' },
      namespace,
    }),
  );
}

describe.skipIf(noNamespace)('the doors of a namespace', () => {
  it('lead to the proxy, and everything else to the tripwire', async () => {
    const { gitlab, proxy, seen, trap, namespace, stack } = await arrange('tripwire');
    await using _ = stack;
    expect(await curl(namespace, '--proxy', proxy.url, gitlab.url)).toMatchObject({ out: 'the proxy\n', code: 0 });
    expect(seen).toEqual([`GET ${gitlab.url}/`]);
    for (const url of [gitlab.url, 'http://registry.test/', 'http://198.51.100.7:8080/', 'http://127.0.0.1:3128/']) {
      expect((await curl(namespace, '--fail', url)).code).toBe(22);
    }
    expect(trap.seen).toEqual([
      `gitlab.test:${gitlab.port}`,
      'registry.test:80',
      '198.51.100.7:8080',
      '127.0.0.1:3128',
    ]);
    expect(gitlab.seen).toEqual([]);
  });

  it('lead to GitLab by name where the world says so', async () => {
    const { gitlab, trap, namespace, stack } = await arrange('gitlab');
    await using _ = stack;
    expect(await curl(namespace, gitlab.url)).toMatchObject({ out: 'gitlab by direct\n', code: 0 });
    expect((await curl(namespace, '--fail', `http://198.51.100.7:${gitlab.port}/`)).code).toBe(22);
    expect(trap.seen).toEqual([`198.51.100.7:${gitlab.port}`]);
  });

  it('refuse connections while the proxy does', async () => {
    const { proxy, door, trap, namespace, stack } = await arrange('tripwire');
    await using _ = stack;
    const ask = async () => (await curl(namespace, '--proxy', proxy.url, 'http://gitlab.test/')).code;
    const REFUSED = 7;
    await proxy.stop();
    expect(await ask()).toBe(REFUSED);
    await proxy.start();
    expect(await ask()).toBe(0);
    await proxy.restart();
    expect(await ask()).toBe(0);
    const fault = proxy.inject({ fault: 'refuse' });
    expect(await ask()).toBe(REFUSED);
    fault.off();
    // It opens in the order in which it was asked to: once this is done, that is done.
    await door.open();
    expect(await ask()).toBe(0);
    expect(trap.seen).toEqual([]);
  });

  it('meet a client that is gone at once', async () => {
    const { gitlab, trap, namespace, stack } = await arrange('tripwire');
    await using _ = stack;
    const script = `exec 9<>/dev/tcp/192.0.2.10/${gitlab.port}`;
    const bash = await startProcess({
      id: 'bash',
      file: '/bin/bash',
      args: ['-c', script],
      cwd: '/',
      env: {},
      namespace,
    });
    expect((await finished(bash)).code).toBe(0);
    await trap.first;
    expect(trap.seen).toEqual([`gitlab.test:${gitlab.port}`]);
  });
});
