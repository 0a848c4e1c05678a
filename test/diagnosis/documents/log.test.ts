import { describe, expect, it } from 'vitest';
import type { LogDocument } from '../../../harness/diagnosis/documents/document.ts';
import { logReader } from '../../../harness/diagnosis/documents/log.ts';

const piece = (text: string, path = 'job.log') => ({ file: path, path, text, skipped: 0 });
const read = (text: string): readonly LogDocument[] =>
  logReader.read(piece(text)).filter((each): each is LogDocument => each.kind === 'log');
const texts = (text: string): readonly string[] => read(text).flatMap(({ lines }) => lines.map((line) => line.text));

describe('the reader of logs', () => {
  it('takes colours, marks of sections, time stamps and what was overwritten out of a trace', () => {
    const trace = [
      'section_start:1709366400:get_sources\r\u001b[0K\u001b[0K\u001b[36;1mGetting source from Git repository\u001b[0;m',
      "2026-03-02T08:00:01.000000Z 00E fatal: unable to access 'https://gitlab.com/'",
      'Receiving objects: 10%\rReceiving objects: 100%\r',
      '[0K[31;1mERROR: Job failed[0;m',
    ];
    expect(texts(trace.join('\n'))).toEqual([
      'Getting source from Git repository',
      "fatal: unable to access 'https://gitlab.com/'",
      'Receiving objects: 100%',
      'ERROR: Job failed',
    ]);
  });

  it('tells whose a line is, and when it was written, in every form of the journal', () => {
    const [first] = read('Mar 02 08:00:05 build7 gitlab-runner[4021]: Checking for jobs... received job=5\n');
    expect(first).toMatchObject({
      of: 'runner',
      lines: [{ text: 'Checking for jobs... received job=5', time: 28_805, line: 1 }],
    });
    expect(read('<27>1 2026-03-02T08:00:05.1+00:00 build7 cntlm[7]: Exiting\n')[0]?.of).toBe('cntlm');
    expect(
      read('time="2026-03-02T08:00:05Z" level=error msg="Get \\"https://quay.io/v2/\\": Forbidden" x=1\n')[0],
    ).toMatchObject({
      of: 'docker',
      lines: [{ text: 'ERROR: Get "https://quay.io/v2/": Forbidden x=1' }],
    });
    const exported = { __REALTIME_TIMESTAMP: '1709366405000000', SYSLOG_IDENTIFIER: 'dockerd', MESSAGE: [104, 105] };
    expect(read(`${JSON.stringify(exported)}\n`)[0]).toMatchObject({
      of: 'docker',
      lines: [{ text: 'hi', time: 28_805 }],
    });
  });

  it('parts the journal of a host by its programs, with the line numbers of the file', () => {
    const host =
      'Mar 02 08:00:05 b dockerd[1]: up\nMar 02 08:00:06 b gitlab-runner[2]: up\nMar 02 08:00:07 b dockerd[1]: down\n';
    expect(read(host).map(({ of, lines }) => [of, lines.map(({ line }) => line)])).toEqual([
      ['docker', [1, 3]],
      ['runner', [2]],
    ]);
  });

  it('keeps of a long log what may tell something, and not the same a thousand times', () => {
    const line = (n: number): string =>
      `Mar 02 08:00:05 b gitlab-runner[2]: WARNING: Checking for jobs... failed n=${n}`;
    const many = Array.from({ length: 40_000 }, (_, n) => (n % 2 === 0 ? line(n) : 'nothing of note in this line'));
    const lines = texts(many.join('\n'));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.length).toBeLessThan(100);
    expect(lines).not.toContain('nothing of note in this line');
  });

  it('does not take other files for logs, and never throws', () => {
    for (const text of [
      '[Service]\nEnvironment=A=b\n',
      '{"proxies": {}}',
      'HTTP_PROXY=http://p:1\n',
      'Username x\nListen 3128\n',
    ])
      expect(logReader.knows(piece(text, 'file'))).toBe(0);
    for (const text of [
      '{"MESSAGE":',
      '{"MESSAGE":[1,"x",null]}',
      '\u0000\u001b[',
      '{"msg":{}}',
      'time= level= msg=',
      `${'['.repeat(100_000)}`,
      `{"log":"${'x'.repeat(1e6)}"}`,
    ])
      expect(() => logReader.read(piece(text))).not.toThrow();
  });
});
