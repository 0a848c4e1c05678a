import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  type Cell,
  cells,
  choiceText,
  clientsDocument,
  disagreements,
  type Measurement,
  probeInput,
  readProbe,
  writeMeasured,
} from '../clients/index.ts';
import { EnvironmentError, UsageError } from '../conformance/errors.ts';
import { startWorld } from '../world/index.ts';
import { EXIT, type ExitCode, type Terminal } from './exit.ts';
import { print } from './print.ts';

/** How long all cells may take, in real milliseconds; on two idle processors they take under a minute. */
const LIMIT_MS = 15 * 60_000;

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The table that the models are held against, and what is written for readers. */
const TABLE = path('../clients/measured.ndjson');
const DOCUMENT = path('../../docs/clients.md');

/** `proxyproof no-proxy --measure`: asks the real clients, and says where the models are wrong about them. */
export async function measureClients(
  { write: writes }: { readonly write: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  if (writes && !existsSync(TABLE)) {
    throw new UsageError(`There is no ${TABLE} to write: --write is for the repository, where the table is kept.`);
  }
  const measurement = await measure(cells()).catch((error: Error) => {
    throw new EnvironmentError(error.message, { cause: error });
  });
  if (writes) {
    await writeFile(TABLE, writeMeasured(measurement));
    await writeFile(DOCUMENT, clientsDocument(measurement));
  }
  const wrong = disagreements(measurement.cells);
  for (const { cell, model } of wrong) {
    const { client, situation, url, answer } = cell;
    print(
      terminal.stdout,
      `${client}, ${situation.group}, ${situation.name}, ${url}: ${answer}; the model says ${choiceText(model)}\n`,
    );
  }
  const count = measurement.cells.length;
  print(
    terminal.stdout,
    `${count} questions put to real clients; the models are wrong about ${wrong.length} of them.\n`,
  );
  return wrong.length === 0 ? EXIT.ok : EXIT.unexpected;
}

/**
 * Asks the clients in a container of a world's engine. The container has no network; the probe makes networks of its
 * own, in which every address is local.
 */
async function measure(asked: readonly Cell[]): Promise<Measurement> {
  await using world = await startWorld({ docker: {} }, { for: 'programs', name: 'no-proxy' });
  await using container = await world.docker.run({
    name: 'clients',
    image: 'clients',
    privileged: true,
    network: 'none',
    volumes: [`${process.execPath}:/usr/local/bin/node:ro`],
    command: ['sleep', 'infinity'],
    log: false,
  });
  const { code, stdout, stderr } = await container.exec(['clients'], { stdin: probeInput(asked), limitMs: LIMIT_MS });
  if (code !== 0) throw new Error(`The clients could not be measured, with exit code ${code}: ${stderr.trim()}`);
  return readProbe(stdout.trim().split('\n'), asked);
}
