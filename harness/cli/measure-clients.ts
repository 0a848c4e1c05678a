import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  type Cell,
  cells,
  choiceText,
  clientsDocument,
  disagreements,
  dockerCells,
  type Measurement,
  probeInput,
  readProbe,
  writeMeasured,
} from '../clients/index.ts';
import { EnvironmentError, UsageError } from '../conformance/errors.ts';
import { GENERATIONS, type GenerationName, HOST_CHOICE, type ProgramSource } from '../generations/index.ts';
import { startWorld } from '../world/index.ts';
import { EXIT, type ExitCode, type Terminal } from './exit.ts';
import { print } from './print.ts';

/** How long all cells may take, in real milliseconds; on two idle processors they take under a minute. */
const LIMIT_MS = 15 * 60_000;

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The table that the models are held against, and what is written for readers. */
const TABLE = path('../clients/measured.ndjson');
const DOCUMENT = path('../../docs/clients.md');

/** The same of a generation whose Docker is not the machine's. */
const tableOf = (generation: GenerationName): string => path(`../clients/measured-${generation}.ndjson`);

/** What one Docker that is not the machine's own did. */
interface Other {
  readonly generation: GenerationName;
  readonly measurement: Measurement;
}

/** `proxyproof no-proxy --measure`: asks the real clients, and says where the models are wrong about them. */
export async function measureClients(
  { write: writes }: { readonly write: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  if (writes && !existsSync(TABLE)) {
    throw new UsageError(`There is no ${TABLE} to write: --write is for the repository, where the table is kept.`);
  }
  const measurement = await measure('host', cells()).catch((error: Error) => {
    throw new EnvironmentError(error.message, { cause: error });
  });
  const others: Other[] = [];
  for (const generation of Object.keys(GENERATIONS) as GenerationName[]) {
    const other = await measure(generation, dockerCells()).catch((error: Error) => {
      if (writes) throw new EnvironmentError(error.message, { cause: error });
      print(terminal.stdout, `${error.message}\n`);
    });
    if (other) others.push({ generation, measurement: other });
  }
  const all = [measurement, ...others.map((each) => each.measurement)];
  if (writes) {
    await writeFile(TABLE, writeMeasured(measurement));
    for (const each of others) await writeFile(tableOf(each.generation), writeMeasured(each.measurement));
    await writeFile(DOCUMENT, clientsDocument(measurement, all.slice(1)));
  }
  const wrong = all.flatMap(disagreements);
  for (const { cell, model, version } of wrong) {
    const { client, situation, url, answer } = cell;
    print(
      terminal.stdout,
      `${client}${version === undefined ? '' : ` ${version}`}, ${situation.group}, ${situation.name}, ${url}: ${answer}; the model says ${choiceText(model)}\n`,
    );
  }
  const count = all.reduce((sum, each) => sum + each.cells.length, 0);
  print(
    terminal.stdout,
    `${count} questions put to real clients; the models are wrong about ${wrong.length} of them.\n`,
  );
  return wrong.length === 0 ? EXIT.ok : EXIT.unexpected;
}

/**
 * Asks the clients in a container of a world's engine. The container has no network; the probe makes networks of its
 * own, in which every address is local. An engine that is not the machine's lends its programs to the container.
 * @returns undefined where the generation's Docker is the machine's own
 */
async function measure(docker: 'host', asked: readonly Cell[]): Promise<Measurement>;
async function measure(docker: GenerationName, asked: readonly Cell[]): Promise<Measurement | undefined>;
async function measure(docker: ProgramSource, asked: readonly Cell[]): Promise<Measurement | undefined> {
  const generations = { ...HOST_CHOICE, docker };
  await using world = await startWorld({ docker: {} }, { for: 'programs', name: 'no-proxy', generations });
  if (docker !== 'host' && world.docker.ownPrograms.length === 0) return undefined;
  await using container = await world.docker.run({
    name: 'clients',
    image: 'clients',
    privileged: true,
    network: 'none',
    volumes: [`${process.execPath}:/usr/local/bin/node:ro`, ...world.docker.ownPrograms],
    command: ['sleep', 'infinity'],
    log: false,
  });
  const { code, stdout, stderr } = await container.exec(['clients'], { stdin: probeInput(asked), limitMs: LIMIT_MS });
  if (code !== 0) throw new Error(`The clients could not be measured, with exit code ${code}: ${stderr.trim()}`);
  return readProbe(stdout.trim().split('\n'), asked);
}
