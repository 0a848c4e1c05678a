import type { Assigned, CiDocument, Document, EnvFileDocument, UnitDocument } from '../documents/document.ts';
import { serviceName } from '../service-name.ts';
import type { Scope, Setting } from './picture.ts';
import { CLI_KEYS, DAEMON_KEYS, variableOf } from './variables.ts';

type Found = Omit<Setting, 'effective'> & {
  /** Those of one group replace each other where they have the same name; a higher one wins, and the later of equals. */
  readonly group: string;
  readonly rank: string;
};

/** Every proxy variable that the documents set, with whose it is. */
export function settingsOf(documents: readonly Document[]): readonly Setting[] {
  const named = environmentFilesOf(documents);
  const found = documents.flatMap((document, index) => inDocument(document, index, named));
  const winners = new Map<string, Found>();
  const resets = resetsOf(documents);
  for (const each of found) {
    // An empty Environment= of a later file takes back what the earlier ones set.
    if (each.rank < (resets.get(each.group) ?? '') && each.rank.startsWith('1')) continue;
    const key = `${each.group}\0${each.name}`;
    const best = winners.get(key);
    if (!best || each.rank >= best.rank) winners.set(key, each);
  }
  return found.map((each) => {
    const { group, rank, ...setting } = each;
    return { ...setting, effective: winners.get(`${group}\0${each.name}`) === each };
  });
}

/** The last file of each unit that has an empty `Environment=`, as group and rank. */
function resetsOf(documents: readonly Document[]): ReadonlyMap<string, string> {
  const ranks = new Map<string, string>();
  for (const document of documents) {
    if (document.kind !== 'unit' || !document.resets || document.read === false || document.role === 'manager')
      continue;
    const group = `service ${unitOf(document)}`;
    const rank = rankOf(document);
    if (rank > (ranks.get(group) ?? '')) ranks.set(group, rank);
  }
  return ranks;
}

/** Drop-ins are read by their names, after the unit itself. */
const rankOf = ({ role, piece }: UnitDocument): string =>
  `1 ${role === 'unit' ? '' : (piece.path.split('/').at(-1) ?? '')}`;

/** Units that read a file by `EnvironmentFile=`, by the file's base name and path. */
function environmentFilesOf(documents: readonly Document[]): ReadonlyMap<string, string> {
  const units = new Map<string, string>();
  for (const document of documents) {
    if (document.kind !== 'unit') continue;
    for (const { path } of document.environmentFiles) units.set(plain(path), unitOf(document));
  }
  return units;
}

const plain = (path: string): string => path.replace(/^-/, '').replace(/^\/+/, '');
const unitOf = ({ unit }: UnitDocument): string => serviceName(unit);

function inDocument(document: Document, index: number, named: ReadonlyMap<string, string>): Found[] {
  switch (document.kind) {
    case 'unit': {
      if (document.read === false) return [];
      // What every service starts with.
      if (document.role === 'manager') return made(document.assignments, { of: 'service', unit: '' }, 'manager');
      const unit = unitOf(document);
      return made(document.assignments, { of: 'service', unit }, `service ${unit}`, rankOf(document));
    }
    case 'show':
      return [];
    case 'env-file':
      return inEnvFile(document, index, named);
    case 'config-toml':
      return document.runners.flatMap((runner, nth) => [
        ...made(runner.environment, { of: 'jobs', runner }, `jobs ${index} ${nth}`),
        ...runner.services.flatMap(({ name, environment }, of) =>
          made(environment, { of: 'service-container', name }, `service container ${index} ${nth} ${of}`),
        ),
      ]);
    case 'ci':
      return inCi(document, index);
    case 'docker-cli':
      return document.proxies.flatMap(({ daemon, entries }) =>
        entries.flatMap(({ key, value, file, line }) => {
          const variable = CLI_KEYS[key.toLowerCase()];
          if (!variable || typeof value !== 'string') return [];
          const scope = { of: 'docker-cli', daemon } as const;
          return [{ name: variable, variable, value, file, line, scope, group: `cli ${index} ${daemon}`, rank: '' }];
        }),
      );
    case 'daemon-json':
      return document.entries.flatMap(({ key, value, file, line }) => {
        const variable = DAEMON_KEYS[key.replace(/^proxies\./, '')];
        if (!variable || !key.startsWith('proxies.') || typeof value !== 'string') return [];
        return [
          {
            name: variable,
            variable,
            value,
            file,
            line,
            scope: { of: 'daemon-json' } as const,
            group: 'daemon',
            rank: '',
          },
        ];
      });
    default:
      return [];
  }
}

function inEnvFile(document: EnvFileDocument, index: number, named: ReadonlyMap<string, string>): Found[] {
  const { piece, flavour, assignments } = document;
  const path = plain(piece.path);
  const [, unit] =
    [...named].find(([one]) => one === path || one.endsWith(`/${path}`) || path.endsWith(`/${one}`)) ?? [];
  if (unit !== undefined) {
    // systemd takes no line that begins with `export`, and what a file sets wins over Environment=.
    const taken = assignments.filter(({ exported }) => !exported);
    return made(taken, { of: 'service', unit }, `service ${unit}`, '2');
  }
  if (flavour === 'process') return [];
  if (flavour === 'environment-file') {
    const service = /(?:^|\/)sysconfig\/(gitlab-runner)$/.exec(path)?.[1];
    if (service === 'gitlab-runner')
      return made(assignments, { of: 'service', unit: service }, `service ${service}`, '2');
    return [];
  }
  if (flavour === 'dump') return made(assignments, { of: 'dump' }, `dump ${index}`);
  return made(assignments, { of: 'shell' }, `shell ${index}`);
}

function inCi(document: CiDocument, index: number): Found[] {
  const own = new Set<Assigned>(document.variables);
  const ofAll = made(document.variables, { of: 'ci', job: undefined }, `ci ${index}`);
  const seen = new Set<string>();
  const ofJobs = document.jobs.flatMap(({ name, variables, services }, nth) => [
    ...made(
      variables.filter((each) => !own.has(each) && !isOf(document.variables, each)),
      { of: 'ci', job: name },
      `ci ${index} ${nth}`,
    ),
    ...services.flatMap(({ name: service, variables: given }, of) =>
      made(given, { of: 'service-container', name: service }, `service container ${index} ${nth} ${of}`),
    ),
  ]);
  // What a job inherits from a template stands in one place, however many jobs have it.
  const distinct = ofJobs.filter(({ line, name }) => {
    const key = `${line} ${name}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return [...ofAll, ...distinct];
}

const isOf = (list: readonly Assigned[], one: Assigned): boolean =>
  list.some(({ line, name, file }) => line === one.line && name === one.name && file === one.file);

function made(assignments: readonly Assigned[], scope: Scope, group: string, rank = ''): Found[] {
  return assignments.flatMap(({ name, value, file, line }) => {
    const variable = variableOf(name);
    return variable ? [{ name, variable, value, file, line, scope, group, rank }] : [];
  });
}
