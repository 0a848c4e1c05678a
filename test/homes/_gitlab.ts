import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, parse, parseDocument } from 'yaml';
import { z } from 'zod';
import { QUICK, ROOT } from '../cli/_tool.ts';

/** Quick cases, one for each of two shards. */
export const TWO_CASES = `${QUICK}[body=text]*`;

const TEMPLATE = readFileSync(join(ROOT, 'templates', 'proxyproof.yml'), 'utf8');

type Value = string | number | boolean | readonly unknown[];
type Variables = Readonly<Record<string, string>>;
export type Inputs = Readonly<Record<string, Value>>;

const header = z.object({
  spec: z.strictObject({
    inputs: z.record(
      z.string(),
      z.strictObject({
        description: z.string(),
        type: z.enum(['string', 'number', 'boolean', 'array']).default('string'),
        default: z.union([z.string(), z.number(), z.boolean(), z.array(z.unknown())]).optional(),
      }),
    ),
  }),
});

const rule = z.object({ if: z.string().optional(), when: z.string().default('on_success') });

/** What the tests look at of a job. */
const job = z.looseObject({
  image: z.string().optional(),
  parallel: z.number().optional(),
  needs: z.array(z.string()).optional(),
  rules: z.array(rule).default([]),
  variables: z.record(z.string(), z.coerce.string()).default({}),
  before_script: z.array(z.string()).default([]),
  script: z.array(z.string()).default([]),
  artifacts: z
    .looseObject({
      paths: z.array(z.string()).default([]),
      expose_as: z.string().optional(),
      reports: z.record(z.string(), z.string()).default({}),
    })
    .optional(),
});

/** A job of a pipeline, with all that it is made of put in. */
export type GitlabJob = z.infer<typeof job>;

const [head = '', body = ''] = TEMPLATE.split(/^---\n/m);

/** The header, as GitLab reads it before everything else. */
export const headerDocument: unknown = parse(head);
export const inputsOf = header.parse(headerDocument).spec.inputs;

/**
 * Puts the inputs in as GitLab does: in the text, before it is read as YAML; a string as it is, all else as JSON
 * (lib/gitlab/ci/config/interpolation/text_template.rb).
 * @throws Error when one is missing, unknown or of the wrong type
 */
function interpolated(given: Inputs): string {
  for (const name of Object.keys(given)) if (!inputsOf[name]) throw new Error(`unknown input ${name}`);
  return body.replace(/\$\[\[\s*inputs\.([\w-]+)\s*\]\]/g, (_, name: string) => {
    const value = given[name] ?? inputsOf[name]?.default;
    if (value === undefined) throw new Error(`${name} is missing`);
    const type = Array.isArray(value) ? 'array' : typeof value;
    if (type !== inputsOf[name]?.type) throw new Error(`${name} is no ${inputsOf[name]?.type}`);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/** `!reference [a, b]`, to be looked up. */
class Reference {
  readonly path: readonly string[];
  constructor(path: readonly string[]) {
    this.path = path;
  }
}

/** @param reference what stands for one: for a schema its path, for a pipeline what is looked up */
function read(text: string, reference: (path: readonly string[]) => unknown): Record<string, unknown> {
  const tag = {
    tag: '!reference',
    collection: 'seq',
    resolve: (node: { toJSON(): unknown }) => reference(node.toJSON() as string[]),
  } as const;
  const document = parseDocument(text, { customTags: [tag as never], merge: true });
  if (document.errors[0]) throw document.errors[0];
  if (!isMap(document.contents) || isScalar(document.contents)) throw new Error('no jobs');
  return document.toJS() as Record<string, unknown>;
}

/** What the pipeline's own schema is held against. */
export const configurationFor = (given: Inputs): Record<string, unknown> => read(interpolated(given), (path) => path);

/** The jobs that the component adds to a pipeline, by name. @param variables what the pipeline is known by */
export function pipelineWith(given: Inputs, variables: Variables = {}): Record<string, GitlabJob> {
  const raw = read(interpolated(given), (path) => new Reference(path));
  const jobs = Object.keys(raw)
    .filter((name) => !name.startsWith('.'))
    .map((name) => [name, job.parse(finished(raw, name))] as const);
  return Object.fromEntries(jobs.filter(([, { rules }]) => isWanted(rules, variables)));
}

function finished(raw: Record<string, unknown>, name: string): Record<string, unknown> {
  const { extends: base, ...own } = raw[name] as Record<string, unknown>;
  const merged = typeof base === 'string' ? deepMerged(finished(raw, base), own) : own;
  return lookedUp(merged, raw) as Record<string, unknown>;
}

/** Of `extends`, keys of hashes are merged and all else is replaced. */
function deepMerged(below: Record<string, unknown>, above: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    merged[key] = isHash(value) && isHash(below[key]) ? deepMerged(below[key], value) : value;
  }
  return merged;
}

const isHash = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Reference);

/** Lists in lists become one. */
function lookedUp(value: unknown, raw: Record<string, unknown>): unknown {
  if (value instanceof Reference) {
    return lookedUp(
      value.path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], raw),
      raw,
    );
  }
  if (Array.isArray(value)) return value.map((each) => lookedUp(each, raw)).flat(10);
  if (!isHash(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, lookedUp(each, raw)]));
}

/** The first rule that applies decides; those here compare two words, or ask whether there is a variable. */
function isWanted(rules: GitlabJob['rules'], variables: Variables): boolean {
  const first = rules.find(({ if: condition }) => condition === undefined || holds(condition, variables));
  return first !== undefined && first.when !== 'never';
}

function holds(condition: string, variables: Variables): boolean {
  const value = (term: string): string => (term.startsWith('$') ? (variables[term.slice(1)] ?? '') : term.slice(1, -1));
  const [, left, operator, right] = /^(\$\w+|"[^"]*")(?: (==|!=) (\$\w+|"[^"]*"))?$/.exec(condition) ?? [];
  if (left === undefined) throw new Error(`a rule that this cannot read: ${condition}`);
  if (right === undefined) return value(left) !== '';
  return (value(left) === value(right)) === (operator === '==');
}
