import { type CiMap, type CiNode, emptyMap, merged, textOf, under } from './node.ts';

/** A job with all that it takes from templates and defaults. */
export interface CiJobNode {
  readonly name: string;
  readonly map: CiMap;
  /** `variables:` of the file, as far as the job inherits them. */
  readonly inherited: CiNode | undefined;
}

/** Keys of the file that are no jobs (“CI/CD YAML syntax reference”, “Global keywords”). */
const GLOBAL = new Set(
  'default include stages variables workflow image services before_script after_script cache spec types'.split(' '),
);
/** What a job may take from the file's defaults. */
const DEFAULTS = ['image', 'services', 'before_script', 'after_script'] as const;
const MOST_PARENTS = 12;

/** The jobs of a file: without templates, whose names begin with a dot, unless there is nothing else. */
export function jobNodes(top: CiMap): readonly CiJobNode[] {
  const named = [...top.entries].filter(
    ([name, { node }]) => node.kind === 'map' && (!GLOBAL.has(name) || hasScript(node)),
  );
  const jobs = named.filter(([name]) => !name.startsWith('.'));
  return (jobs.length > 0 ? jobs : named).map(([name]) => {
    const own = extended(top, name, new Set(), 0);
    return { name, map: withDefaults(top, own), inherited: inheritedVariables(top, own) };
  });
}

/** GitLab takes no job that has the name of a keyword, but what stands in one is to be read all the same. */
const hasScript = (node: CiNode): boolean => node.kind === 'map' && node.entries.has('script');

function extended(top: CiMap, name: string, seen: ReadonlySet<string>, depth: number): CiMap {
  const own = top.entries.get(name)?.node;
  if (own?.kind !== 'map') return emptyMap(1);
  const parents = under(own, 'extends');
  if (!parents || seen.has(name) || depth >= MOST_PARENTS) return own;
  const names = parents.kind === 'list' ? parents.items.flatMap((item) => textOf(item) ?? []) : [textOf(parents) ?? ''];
  let result: CiNode = emptyMap(own.line);
  for (const each of names.slice(0, MOST_PARENTS))
    result = merged(result, extended(top, each, new Set([...seen, name]), depth + 1));
  result = merged(result, own);
  return result.kind === 'map' ? result : own;
}

/** Whether `inherit:` lets something through: all of it, or what its list names. */
function inherits(job: CiMap, what: 'default' | 'variables', key?: string): boolean {
  const setting = under(under(job, 'inherit'), what);
  if (!setting) return true;
  if (setting.kind === 'list') return key === undefined || setting.items.some((item) => textOf(item) === key);
  return textOf(setting) !== 'false';
}

function withDefaults(top: CiMap, job: CiMap): CiMap {
  const entries = new Map(job.entries);
  for (const key of DEFAULTS) {
    const given = entryOf(under(top, 'default'), key) ?? top.entries.get(key);
    if (given && !hasScript(given.node) && !entries.has(key) && inherits(job, 'default', key)) entries.set(key, given);
  }
  return { ...job, entries };
}

const entryOf = (node: CiNode | undefined, key: string) => (node?.kind === 'map' ? node.entries.get(key) : undefined);

function inheritedVariables(top: CiMap, job: CiMap): CiNode | undefined {
  const all = under(top, 'variables');
  if (all?.kind !== 'map') return undefined;
  return { ...all, entries: new Map([...all.entries].filter(([name]) => inherits(job, 'variables', name))) };
}
