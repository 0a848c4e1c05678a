import { expect, test } from 'vitest';
import { fireAll, randomNumbers, SEED } from '../fuzz.ts';
import { start } from './started.ts';

/** Makes one malformed or unauthorised request after another; none may be answered as if it were a runner's. */
function requests(seed: number): () => Buffer {
  const below = randomNumbers(seed);
  const one = <T>(choices: readonly T[]): T => choices[below(choices.length)] as T;
  const noise = (length: number): string => Buffer.from(Array.from({ length }, () => below(256))).toString('latin1');
  const path = (): string =>
    one([
      '/api/v4/jobs/request',
      '/api/v4/jobs/1',
      '/api/v4/jobs/1/trace',
      '/api/v4/jobs/1/artifacts',
      '/api/v4/jobs/%00/trace',
      '/api/v4/jobs/../../etc/passwd',
      '/api/v4/runners',
      '/api/v4/runners/verify',
      '/group/project.git/info/refs?service=git-upload-pack',
      '/group/project.git/git-upload-pack',
      '/group/project.git/info/lfs/objects/batch',
      '/../../../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      `/${noise(12).replace(/[\s#?]/g, '')}`,
      '*',
      '//',
    ]);
  const method = (): string =>
    one(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'CONNECT', 'BREW', noise(3)]);
  const token = (): string =>
    one([
      'JOB-TOKEN: x',
      'RUNNER-TOKEN: ',
      `PRIVATE-TOKEN: ${noise(8).replace(/[\r\n]/g, '')}`,
      'Authorization: Basic ====',
      'X: y',
    ]);
  const body = (): string =>
    one([
      '',
      '{',
      '[]',
      'null',
      '{"token":"x"}',
      '{"token":{"a":1}}',
      `{"token":"${'x'.repeat(below(9000))}"}`,
      noise(below(300)),
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc',
    ]);
  const type = (): string =>
    one([
      'application/json',
      'text/plain',
      'multipart/form-data; boundary=x',
      'multipart/form-data',
      'application/x-www-form-urlencoded',
      noise(4).replace(/[\r\n]/g, ''),
    ]);
  const range = (): string => one(['0-3', '5-2', '-1--1', 'x', '99999999999-999999999999', 'bytes 0-1/2']);
  const shapes: readonly (() => string)[] = [
    () => {
      const text = body();
      return `${method()} ${path()} HTTP/1.1\r\nHost: 127.0.0.1\r\n${token()}\r\nContent-Type: ${type()}\r\nContent-Range: ${range()}\r\nContent-Length: ${Buffer.byteLength(text, 'latin1')}\r\nConnection: close\r\n\r\n${text}`;
    },
    () => noise(1 + below(200)),
    () => `${method()} ${path()} HTTP/${one(['1.2', '9', 'x', '0.9', ''])}\r\n\r\n`,
    () =>
      `POST ${path()} HTTP/1.1\r\nHost: x\r\n${one(['Content-Length: -1', 'Content-Length: 5\r\nContent-Length: 6', 'Content-Length: 1\r\nTransfer-Encoding: chunked', 'Transfer-Encoding: x'])}\r\n\r\nx`,
    () =>
      `POST ${path()} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n${one(['zz\r\n', 'ffffffffffff\r\n', '5\r\nab'])}`,
    () => `GET ${path()} HTTP/1.1\r\n${'a: b\r\n'.repeat(below(500))}`,
    () => `GET /${'x'.repeat(below(40_000))} HTTP/1.1\r\nHost: x\r\n\r\n`,
  ];
  return () => Buffer.from(one(shapes)(), 'latin1');
}

test('malformed requests neither crash the mock GitLab nor get anything out of it', async () => {
  await using started = await start({ jobs: [{}] });
  const { gitlab } = started;
  await fireAll(gitlab.port, requests(SEED));
  const given = started.evidence
    .gitlab()
    .filter(({ status }) => status !== undefined && status < 400 && status !== 302);
  expect(given.map(({ method, target, status }) => `${method} ${target} ${status}`)).toEqual([]);
  expect(started.evidence.of('job').filter(({ what }) => what !== 'queued')).toEqual([]);
  const answer = await fetch(`http://127.0.0.1:${gitlab.port}/api/v4/jobs/request`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ token: gitlab.tokens.runner }),
  });
  expect(answer.status).toBe(201);
}, 120_000);
