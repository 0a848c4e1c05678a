import type { Socket } from 'node:dgram';
import { join } from 'node:path';
import { shimFile } from '../containers/index.ts';
import { makeDirectories } from '../files/index.ts';
import { hiddenPlaces } from './hidden-places.ts';
import type { WorldNames } from './known-as.ts';
import { serveNames } from './name-server.ts';
import type { NameService } from './name-service.ts';
import { LOOPBACK } from './names.ts';
import { machineIsolation, Namespace } from './namespace/index.ts';
import { NamespaceDoors } from './namespace-doors.ts';
import type { RunContext } from './run-context.ts';
import type { Labels } from './subject-environment.ts';

/** Where containers of a world with names of its own may ask for them. */
export const NAMES_ADDRESS = '192.0.2.53';
/** Where a namespace asks for names. */
const NAME_SERVER = { host: LOOPBACK, port: 53 };
/** What it knows by itself then. */
const OWN_HOSTS: ReadonlyMap<string, string> = new Map([['localhost', LOOPBACK]]);

/** A namespace with its first doors open. */
export interface OpenNamespace extends AsyncDisposable {
  readonly namespace: Namespace;
  readonly doors: NamespaceDoors;
}

/** Makes a namespace and opens those of its doors that do not depend on the peers, which come up meanwhile. */
export async function openNamespace(options: {
  /** The world's own directory. */
  readonly dir: string;
  readonly labels: Labels;
  readonly run: RunContext;
  /** Whether a Docker engine will be in it. */
  readonly docker: boolean;
  readonly names: NameService;
  readonly known: WorldNames;
}): Promise<OpenNamespace> {
  const { dir, labels, run, docker, names, known } = options;
  const machine = await machineIsolation();
  if (machine.kind !== 'namespace') throw new Error(`no namespace can be made: ${machine.reason}`);
  // An engine's layers are links into the store, which must be there to be seen.
  if (docker) await makeDirectories(run.cacheDir);
  const cacheDir = await run.compiled();
  const visible = [dir, ...run.visible, ...(docker ? [run.cacheDir, shimFile()] : [])];
  const namespace = await Namespace.open({
    tools: machine.tools,
    dir: join(dir, 'namespace'),
    hosts: names.asked ? OWN_HOSTS : known.hosts,
    asksNames: names.asked,
    view: hiddenPlaces({ runDir: run.dir, hidden: run.hidden, visible, readable: [cacheDir] }),
    env: labels,
    cacheDir,
  });
  const doors = new NamespaceDoors(namespace);
  let server: Socket | undefined;
  const down = async (): Promise<void> => {
    server?.close();
    await doors[Symbol.asyncDispose]();
    await namespace[Symbol.asyncDispose]();
  };
  try {
    // Containers of a machine in a container read no hosts file of the world's.
    if (names.asked || (docker && known.all.length > 0)) {
      server = await namespace.bind(names.asked ? NAME_SERVER : { host: NAMES_ADDRESS, port: NAME_SERVER.port });
      serveNames(server, names);
    }
    await doors.prepare(docker);
  } catch (error) {
    await down();
    throw error;
  }
  return { namespace, doors, [Symbol.asyncDispose]: down };
}
