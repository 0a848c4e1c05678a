import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import type { Ledger } from '../../ledger/index.ts';

/** Records the output of a container, line by line, as a peer's of the harness; from its first line on. */
export async function followLog(
  docker: Docker,
  container: Docker.Container,
  name: string,
  ledger: Ledger,
): Promise<void> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  stream.on('error', () => {});
  const outputs = (['stdout', 'stderr'] as const).map((which) => {
    const sink = new PassThrough();
    createInterface({ input: sink }).on('line', (line) => {
      ledger.record('harness', { kind: 'log', process: name, stream: which, line });
    });
    return sink;
  });
  const [stdout, stderr] = outputs;
  if (stdout && stderr) docker.modem.demuxStream(stream, stdout, stderr);
  stream.on('end', () => {
    for (const each of outputs) each.end();
  });
}
