import type { TomlStatement, TomlText, TomlValue } from '../../recipes/index.ts';
import type { Assigned, Place, RunnerFacts } from './document.ts';

type PlaceOf = (line: number) => Place;
interface Found {
  readonly table: string;
  readonly header: number;
  readonly key: string;
  readonly line: number;
  readonly value: TomlValue;
}

/** Executors whose jobs run as processes of the host, or on a machine with variables of its own. */
const ON_HOSTS = /^(?:shell|ssh|virtualbox|parallels|custom|instance)$/;

/**
 * What one `[[runners]]` says.
 * @param statements all from its header to the next one's
 */
export function runnerFacts(
  statements: readonly TomlStatement[],
  place: PlaceOf,
  { line, nth }: { readonly line: number; readonly nth: number },
): RunnerFacts {
  const found = statements.flatMap(({ table, header, key, line: at, value }) =>
    flat({ table, header, key, line: at, value }),
  );
  const of = (table: string, key: string): Found | undefined =>
    found.find((each) => each.table === table && each.key === key);
  const text = (table: string, key: string): string | undefined => textOf(of(table, key)?.value);
  const executor = (text('runners', 'executor') ?? '').toLowerCase();
  const entries = textsOf(of('runners', 'environment')?.value);
  const services = servicesOf(found, place);
  const cache = found.find(({ table }) => /^runners\.cache(?:\.|$)/.test(table));
  return {
    name: text('runners', 'name') || `runner ${nth + 1}`,
    line,
    url: text('runners', 'url'),
    executor,
    contained: executor !== '' && !ON_HOSTS.test(executor),
    image: text('runners.docker', 'image') ?? text('runners.kubernetes', 'image'),
    networkMode: text('runners.docker', 'network_mode'),
    environment: entries.flatMap((each) => assigned(each, place)),
    unassigned: [...entries, ...services.flatMap(({ entries: own }) => own)].flatMap((each) =>
      ASSIGNMENT.test(each.text) ? [] : [{ ...place(each.line), text: plain(each) }],
    ),
    hooks: found.flatMap(({ table, key, line: at, value }) => {
      const script = table === 'runners' && /^(?:pre|post)_\w+_script$/.test(key) ? textOf(value) : undefined;
      return script === undefined ? [] : [{ ...place(at), key, script }];
    }),
    services: services.map(({ entries: _, ...service }) => service),
    volumes: textsOf(of('runners.docker', 'volumes')?.value).map((each) => each.text),
    privileged: [text('runners.docker', 'privileged'), text('runners.docker', 'services_privileged')].includes('true'),
    cache: cache && {
      ...place(of('runners.cache.s3', 'serveraddress')?.line ?? cache.line),
      type: (text('runners.cache', 'type') ?? '').toLowerCase(),
      serverAddress: text('runners.cache.s3', 'serveraddress'),
      scheme: text('runners.cache.s3', 'insecure') === 'true' ? 'http' : 'https',
    },
    tlsCaFile: text('runners', 'tls-ca-file'),
    featureFlags: found.flatMap(({ table, key, value }) =>
      table === 'runners.feature_flags' && textOf(value) === 'true' ? [key.toUpperCase()] : [],
    ),
  };
}

/** Keys without regard to letter case, those of inline tables below their table. */
function flat({ table, header, key, line, value }: Found): readonly Found[] {
  const parts = key.toLowerCase().split('.');
  const inner = [table, ...parts.slice(0, -1)].join('.');
  const last = parts.at(-1) ?? '';
  const own = { table: inner, header, key: last, line, value };
  if (!('pairs' in value)) return [own];
  return [
    own,
    ...value.pairs.flatMap((pair) =>
      flat({ table: `${inner}.${last}`, header, key: pair.key, line: pair.line, value: pair.value }),
    ),
  ];
}

type Service = RunnerFacts['services'][number] & { readonly entries: readonly TomlText[] };

function servicesOf(found: readonly Found[], place: PlaceOf): readonly Service[] {
  const tables = Map.groupBy(
    found.filter(({ table }) => /^runners\.\w+\.services$/.test(table)),
    ({ header }) => header,
  );
  const inline = found.flatMap(({ table, key, value }) =>
    key === 'services' && /^runners\.\w+$/.test(table) && 'items' in value ? value.items : [],
  );
  return [
    ...[...tables.values()].flatMap((own) => service(own, place)),
    ...inline.flatMap((item) =>
      'pairs' in item
        ? service(
            item.pairs.map((pair) => ({ ...pair, key: pair.key.toLowerCase() })),
            place,
          )
        : [],
    ),
  ];
}

function service(
  keys: readonly { readonly key: string; readonly line: number; readonly value: TomlValue }[],
  place: PlaceOf,
): readonly Service[] {
  const of = (key: string) => keys.find((each) => each.key === key);
  const name = of('name');
  const text = textOf(name?.value);
  if (!name || text === undefined) return [];
  const entries = textsOf(of('environment')?.value);
  return [
    {
      ...place(name.line),
      name: text,
      alias: textOf(of('alias')?.value),
      environment: entries.flatMap((each) => assigned(each, place)),
      entries,
      command: textsOf(of('command')?.value).map((each) => each.text),
    },
  ];
}

/** The runner splits an entry at its first equals sign; a name holds neither colon nor blank within. */
const ASSIGNMENT = /^["“”„']?[^\s:=]*[ \t]*=/;

function assigned(entry: TomlText, place: PlaceOf): readonly Assigned[] {
  const text = plain(entry);
  if (!ASSIGNMENT.test(text)) return [];
  const equals = text.indexOf('=');
  return [{ ...place(entry.line), name: text.slice(0, equals), value: text.slice(equals + 1) }];
}

/** Without the quotation marks of a word processor, which TOML does not know. */
const plain = ({ text, quoted }: TomlText): string => (quoted ? text : text.replace(/^[“”„‟«]|[“”‟»]$/g, ''));

const textOf = (value: TomlValue | undefined): string | undefined =>
  value && 'text' in value ? value.text : undefined;
const textsOf = (value: TomlValue | undefined): readonly TomlText[] =>
  value && 'items' in value ? value.items.filter((item): item is TomlText => 'text' in item) : [];
