import type { ClientModel } from '../client.ts';

/** What the probe of the clients' image needs to know of them: docker/clients/probe/clients.json. */
export const CLIENTS_FILE = new URL('../../../docker/clients/probe/clients.json', import.meta.url);

/** Its content. Clients that are asked in the same way share a family, of which one process may answer for all. */
export function clientsFile(clients: readonly ClientModel[]): string {
  const families = [...Map.groupBy(clients, ({ asking }) => JSON.stringify(asking)).values()].map((members) => ({
    ...members[0]?.asking,
    clients: members.map(({ id }) => id),
  }));
  const versions = Object.fromEntries(clients.map(({ program: { name, version } }) => [name, version]));
  const made = 'by `npm run probe`, from the models in harness/clients/models. Do not edit.';
  return `${JSON.stringify({ made, families, versions }, null, 2)}\n`;
}
