import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proxyproof } from '../measure/command.ts';
import { median, spread } from '../measure/statistics.ts';
import type { Row } from '../row.ts';

const MOST_SECONDS = 3;
const MOST_MIB = 300;
const TIMES = 5;
const LOGS = 180;
const DROP_INS = 20;
const BYTES = 50e6;

/** Lines of logs as the runner, its journal as JSON, and dockerd write them. */
const LINES: readonly ((nth: number) => string)[] = [
  (nth) =>
    `2026-03-03T09:12:${`${nth % 60}`.padStart(2, '0')}+00:00 build7 gitlab-runner[811]: Checking for jobs... received job=${nth} repo_url=https://gitlab.corp.example/g/p.git runner=abcd`,
  (nth) =>
    `{"MESSAGE":"WARNING: Checking for jobs... failed runner=xx status=couldn't execute POST against https://gitlab.corp.example/api/v4/jobs/request: proxyconnect tcp: dial tcp 10.0.0.1:3128: i/o timeout","n":${nth}}`,
  (nth) => `time="2026-03-03T09:12:00Z" level=info msg="ignoring event" container=${nth} module=libcontainerd`,
];

export const checkBundle: Row = {
  name: 'check-bundle',
  what: `\`proxyproof check\` of ${LOGS + DROP_INS} files, ${BYTES / 1e6} MB of logs`,
  target: `≤ ${MOST_SECONDS} s, ≤ ${MOST_MIB} MiB`,
  measure: async () => {
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-bundle-'));
    try {
      await write(dir);
      const times: number[] = [];
      const memory: number[] = [];
      for (let time = 0; time < TIMES; time++) {
        const { seconds, exitCode, peakMiB, stderr } = await proxyproof(['check', dir], 60_000);
        if (exitCode !== 1 || peakMiB === undefined) throw new Error(`proxyproof check failed: ${stderr}`);
        times.push(seconds);
        memory.push(peakMiB);
      }
      const [seconds, most] = [median(times), Math.max(...memory)];
      return {
        measured: `${seconds.toFixed(1)} s, ${most.toFixed(0)} MiB`,
        reached: seconds <= MOST_SECONDS && most <= MOST_MIB,
        notes: [`median of ${TIMES}, ${spread(times)} s; the most of resident memory`],
      };
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  },
};

async function write(dir: string): Promise<void> {
  for (let file = 0; file < LOGS; file++) {
    const line = LINES[file % LINES.length];
    const lines: string[] = [];
    for (let bytes = 0; line && bytes < BYTES / LOGS; bytes += (lines.at(-1)?.length ?? 0) + 1) {
      lines.push(line(file * 10_000 + lines.length));
    }
    await writeFile(join(dir, `log${file}.log`), `${lines.join('\n')}\n`);
  }
  for (let file = 0; file < DROP_INS; file++) {
    const proxy = `http://bob:s3cret-${file}@p.corp.example:${file + 1}`;
    await writeFile(
      join(dir, `proxy${file}.conf`),
      `[Service]\nEnvironment="HTTP_PROXY=${proxy}" "HTTPS_PROXY=${proxy}"\n`,
    );
  }
}
