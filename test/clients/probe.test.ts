import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CLIENT_IDS, clients } from '../../harness/clients/index.ts';
import { CLIENTS_FILE, clientsFile } from '../../harness/clients/probe/clients-file.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (file: string): string => readFileSync(`${ROOT}/${file}`, 'utf8');
const PLACES = ['url', 'authority', 'fetch', 'built', 'node', 'authorities'];

describe("the probe's table of clients", () => {
  it('is made from the models: `npm run probe` writes it', () => {
    expect(readFileSync(CLIENTS_FILE, 'utf8')).toBe(clientsFile(clients));
  });

  it('has every client once, and the version of every program', () => {
    const { families, versions } = JSON.parse(clientsFile(clients)) as {
      families: { clients: string[] }[];
      versions: Record<string, string[]>;
    };
    expect(families.flatMap((each) => each.clients).toSorted()).toEqual([...CLIENT_IDS].toSorted());
    expect(Object.keys(versions)).toEqual([...new Set(clients.map(({ program }) => program.name))]);
  });

  it('leaves no place in a command open', () => {
    const known = read('docker/clients/probe/clients.py');
    for (const place of PLACES) expect(known).toContain(`"${place}":`);
    const used = [...clientsFile(clients).matchAll(/\{(\w+)\}/g)].map(([, place]) => place);
    expect(new Set(used)).toEqual(new Set(PLACES));
  });

  it('runs every fetch script, and no other', () => {
    const table = clientsFile(clients);
    const scripts = globSync('docker/clients/fetch/*', { cwd: ROOT }).map((file) => file.replace(/.*\//, ''));
    // Two are compiled when the image is built.
    const built: Readonly<Record<string, string>> = { 'fetch.go': '{built}/fetch-go', 'Fetch.java': '"Fetch"' };
    for (const script of scripts) expect(table).toContain(built[script] ?? `{fetch}/${script}`);
    for (const [, script = ''] of table.matchAll(/\{fetch\}\/([\w.]+)/g)) expect(scripts).toContain(script);
  });
});

describe('the places that name a client', () => {
  // Other ids are names of programs as well, which much else deals with.
  const telling = CLIENT_IDS.filter((id) => id.includes('-'));
  const MADE = ['docker/clients/probe/clients.json', 'harness/clients/measured.ndjson'];
  /** It asks some clients for what the others do not differ in, and needs none of the others. */
  const ASKS_SOME = 'scenarios/tls/job-tools.ts';
  const files = globSync(['harness/**/*.*', 'scenarios/**/*.ts', 'docker/**/*.*', 'build/*.ts'], { cwd: ROOT }).filter(
    (file) => !MADE.includes(file) && file !== ASKS_SOME && !file.endsWith('.pyc'),
  );
  const texts = files.map((file) => [file, read(file)] as const);

  it.each(telling)('%s: a model, and a fetch script', (id) => {
    const whole = new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
    const named = texts.filter(([, text]) => whole.test(text)).map(([file]) => file);
    const models = named.filter((file) => file.startsWith('harness/clients/models/'));
    const scripts = named.filter((file) => file.startsWith('docker/clients/fetch/'));
    expect(models).toHaveLength(1);
    expect(scripts.length).toBeLessThanOrEqual(1);
    expect(named.filter((file) => !models.includes(file) && !scripts.includes(file))).toEqual([]);
  });

  it('would be found', () => {
    expect(telling.length).toBeGreaterThan(8);
    expect(texts.filter(([file]) => file.startsWith('docker/clients/')).length).toBeGreaterThan(10);
  });
});
