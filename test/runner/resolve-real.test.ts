import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resolveSubject } from '../../harness/runner/resolve/resolve.ts';
import type { Driver, RunnerConfig } from '../../harness/runner/subject.ts';
import { type StandInHost, standInHost } from './gitlab-runner/stand-in-host.ts';

/** A real runner to try the drivers with, as `--runner` takes it: a path or a name. */
const real = process.env['PROXYPROOF_TEST_RUNNER'];

describe.runIf(real)(`the real runner ${real ?? '(skipped: PROXYPROOF_TEST_RUNNER names none)'}`, () => {
  const asked: string[] = [];
  let tell = (): void => {};
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      asked.push(`${request.method} ${request.url}`);
      tell();
      const known = request.url === '/api/v4/runners' || request.url === '/api/v4/runners/verify';
      if (!known || request.method === 'DELETE') return response.writeHead(204).end();
      response.writeHead(request.url === '/api/v4/runners' ? 201 : 200, { 'content-type': 'application/json' });
      response.end('{"id":1,"token":"runner-token"}');
    });
  });
  let driver: Driver;
  let config: RunnerConfig;

  beforeAll(async () => {
    driver = await resolveSubject(real ?? '', { cacheDir: '/nowhere', env: process.env });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    config = { url: `http://127.0.0.1:${port}`, token: 'runner-token', env: {}, checkInterval: 600 };
  });
  beforeEach(() => {
    asked.length = 0;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const polled = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`No poll within 30 s, only ${asked.join(', ')}.`)), 30_000);
      tell = () => {
        if (!asked.includes('POST /api/v4/jobs/request')) return;
        clearTimeout(limit);
        resolve();
      };
    });

  const inHost = async (what: (host: StandInHost) => Promise<void>): Promise<void> => {
    await using host = await standInHost();
    await what(host);
  };

  it('polls once at its start, and stops', () =>
    inHost(async (host) => {
      const poll = polled();
      const running = await driver.subject(host).run(config);
      await poll;
      const how = driver.cannot('graceful-stop') ? 'forced' : 'graceful';
      const { code } = await running.stop(how);
      if (how === 'graceful') expect(code).toBe(0);
      expect(asked).toEqual(['POST /api/v4/jobs/request']);
    }));

  it('registers and unregisters', () =>
    inHost(async (host) => {
      const subject = driver.subject(host);
      expect(await subject.register(config, 'registration-token')).toEqual({ code: 0, signal: null });
      expect(await subject.unregister(config)).toEqual({ code: 0, signal: null });
      expect(asked).toEqual(['POST /api/v4/runners', 'DELETE /api/v4/runners']);
    }));

  it('verifies, and takes jobs one by one, or says that it cannot', () =>
    inHost(async (host) => {
      const subject = driver.subject(host);
      if (driver.cannot('verify')) await expect(subject.verify(config)).rejects.toThrow(driver.cannot('verify'));
      else expect(await subject.verify(config)).toEqual({ code: 0, signal: null });
      if (driver.cannot('run-single')) return;
      const poll = polled();
      await using running = await subject.runSingle({ ...config, environment: ['A=1'], getSourcesHook: 'true' });
      await poll;
      expect(await running.stop('forced')).toEqual({ code: 0, signal: null });
    }));
});
