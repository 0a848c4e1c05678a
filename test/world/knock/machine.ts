/**
 * A program: the harness on a stand-in machine, which is a set of namespaces. It puts decoys everywhere, builds two
 * worlds, and knocks: on the machine itself, where every door must open, and from inside the first world, where none may.
 *
 *     node machine.ts DIR shell|container CACHE-DIR
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { realClock } from '../../../harness/clock/index.ts';
import type { RunningContainer } from '../../../harness/containers/handle.ts';
import { countingSink } from '../../../harness/ledger/index.ts';
import { createRunContext, createWorld, type World } from '../../../harness/world/index.ts';
import { setDecoys } from './decoys.ts';
import { PLACES, type Ways } from './places.ts';

/** What came of a knock. */
export interface Answer {
  readonly id: string;
  /** Whether the door opened where nothing protects, so that the knock is one. */
  readonly open: boolean;
  /** Whether it opened from inside a world. */
  readonly reached: boolean;
  /** What was said there. */
  readonly said: string;
}

const [, , dir = '', from = 'shell', cacheDir = ''] = process.argv;
const word = 'the-door-is-open';
const at = { word, tmp: join(dir, 'tmp'), home: '/mnt/home', reports: '/mnt/project/runs/latest' };
process.env['HOME'] = at.home;
process.env['TMPDIR'] = at.tmp;
mkdirSync(at.tmp, { recursive: true });
const decoys = await setDecoys(at);

await using run = await createRunContext({ hidden: ['/mnt/project/runs'], cacheDir });
const world = (name: string): Promise<World> =>
  createWorld({
    spec: { proxy: { kind: 'basic' }, ...(from === 'container' && name === 'own' ? { docker: {} } : {}) },
    case: `world/knock-${name}`,
    clock: realClock(),
    sink: countingSink(),
    run,
    inProcess: false,
  });
await using other = await world('other');
await using own = await world('own');
writeFileSync(join(other.host.dir, 'secret'), word);
const engine = join(dirname(other.host.dir), 'docker', 'docker.sock');
await decoys.listen(engine);
// Where the peers of the other case listen on this machine.
const ports = { gitlab: other.gitlab.port, proxy: other.proxy.port, dir: other.host.dir, engine };
const outside: Ways = { ...at, ...decoys, root: '', other: ports };

const bash = ['bash', '-c'] as const;
async function onMachine(command: string): Promise<string> {
  const child = spawn(bash[0], [bash[1], command], { cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return out + err;
}

async function inShell(command: string): Promise<string> {
  const subject = await own.host.spawn(bash[0], [bash[1], command], { log: false });
  const [out, err] = await Promise.all([text(subject.stdout), text(subject.stderr)]);
  return out + err;
}

/** Containers that are given as much as a job could be given. */
async function containers() {
  const command = ['sleep', 'infinity'];
  const bridge = await own.docker.run({ name: 'bridge', image: 'base', command, log: false });
  const mounted = await own.docker.run({
    name: 'mounted',
    image: 'base',
    command,
    volumes: ['/:/machine'],
    network: 'host',
    privileged: true,
    log: false,
  });
  const inside = (container: RunningContainer) => async (command: string) => {
    const { stdout, stderr } = await container.exec([...bash, command], { limitMs: 20_000 });
    return stdout + stderr;
  };
  return { bridge: inside(bridge), mounted: inside(mounted), none: undefined };
}

const tries = from === 'container' ? await containers() : undefined;
const answers: Answer[] = [];
for (const { id, knock, container } of PLACES) {
  const inside = tries ? tries[container] : inShell;
  if (!inside) continue;
  const ways = { ...outside, proxy: own.proxy.url, root: tries && container === 'mounted' ? '/machine' : '' };
  const opened = await onMachine(knock(outside));
  const said = await inside(knock(ways));
  answers.push({
    id,
    open: opened.includes(word),
    reached: said.includes(word),
    said: `${opened.trim()} | ${said.trim()}`,
  });
}
process.stdout.write(`${JSON.stringify(answers)}\n`);
await own[Symbol.asyncDispose]();
await other[Symbol.asyncDispose]();
await run[Symbol.asyncDispose]();
process.exit(0);
