/**
 * A harness that is killed: it builds a world in the temporary directory it is given, starts a subject that forks, says
 * where everything is, and waits for its end.
 */
import { createInterface } from 'node:readline';
import { realClock } from '../../harness/clock/index.ts';
import { countingSink } from '../../harness/ledger/index.ts';
import { createRunContext, createWorld } from '../../harness/world/index.ts';

const [, , root, where, proxy] = process.argv;
const run = await createRunContext({ root: root ?? '', ...(where === 'names' ? { isolation: 'names' } : {}) });
const world = await createWorld({
  spec: { proxy: { kind: proxy === 'squid' ? 'squid' : 'basic' }, ...(proxy === 'docker' ? { docker: {} } : {}) },
  case: 'world/killed',
  clock: realClock(),
  sink: countingSink(),
  run,
  inProcess: false,
});
if (world.hasDocker) await world.docker.run({ name: 'left', image: 'base', command: ['sleep', '74'] });
const forks = 'sleep 73 & setsid sh -c "sleep 71 & echo ready; exec sleep 72" & wait';
const subject = await world.host.spawn('sh', ['-c', forks], { log: false });
for await (const line of createInterface(subject.stdout)) if (line === 'ready') break;
process.stdout.write(`${JSON.stringify({ label: run.id, dir: run.dir })}\n`);
await subject.exited;
