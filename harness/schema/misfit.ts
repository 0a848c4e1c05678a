import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';

/** What does not fit a schema. */
export interface Misfit {
  /** Where it stands, from the outside in; the unknown key itself, where that is what is wrong. */
  readonly path: readonly PropertyKey[];
  /** What is wrong, as one sentence without a stop at its end. */
  readonly says: string;
}

/** A slip of the pen changes no more letters than this. */
const MOST_CHANGES = 2;

/**
 * The first thing in a declaration that does not fit its schema.
 * @param name what is declared, as a sentence calls it: “the world”
 */
export function misfit(schema: z.ZodType, value: unknown, name: string): Misfit | undefined {
  const { error } = schema.safeParse(value);
  const issue = error && deepest(error.issues);
  if (!issue) return undefined;
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const known = keysAt(schema, issue.path);
    return { path: [...issue.path, key], says: unknownKey(key, placeOf(name, issue.path), known) };
  }
  return { path: issue.path, says: `${placeOf(name, issue.path)} is not as it must be: ${lowered(issue.message)}` };
}

/** Where several shapes are possible, what is wrong with the one that fits best says more than that none fits. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [issue] = issues;
  if (issue?.code !== 'invalid_union') return issue;
  const inner = issue.errors.map((each) => deepest(each)).filter((each) => each !== undefined);
  const best = inner.toSorted((a, b) => weight(b) - weight(a))[0];
  return best && weight(best) > 0 ? { ...best, path: [...issue.path, ...best.path] } : issue;
}

const weight = ({ path, code }: z.core.$ZodIssue): number => path.length + (code === 'unrecognized_keys' ? 1 : 0);

function unknownKey(key: string, place: string, known: readonly string[]): string {
  const near = known.length > 0 ? closest(key, known) : undefined;
  const hint = near !== undefined && distance(key, near) <= MOST_CHANGES ? ` Did you mean “${near}”?` : '';
  const all = known.length > 0 ? ` It may have: ${known.join(', ')}` : '';
  return `${place} has no key “${key}”.${hint}${all}`;
}

/** Such as “gitlab.jobs[0] of the world”. */
function placeOf(name: string, path: readonly PropertyKey[]): string {
  if (path.length === 0) return name;
  const inner = path.map((each) => (typeof each === 'number' ? `[${each}]` : `.${String(each)}`)).join('');
  return `${inner.replace(/^\./, '')} of ${name}`;
}

/** The keys that an object may have there; none when that cannot be told. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const { def } = schema as { def?: z.core.$ZodTypeDef & Record<string, unknown> };
  if (!def) return [];
  if (def.type === 'optional' || def.type === 'readonly' || def.type === 'nullable')
    return keysAt(def['innerType'], path);
  if (def.type === 'union') {
    return [...new Set((def['options'] as unknown[]).flatMap((each) => keysAt(each, path)))];
  }
  const [first, ...rest] = path;
  if (def.type === 'object') {
    const shape = def['shape'] as Record<string, unknown>;
    return first === undefined ? Object.keys(shape) : keysAt(shape[String(first)] ?? {}, rest);
  }
  if (def.type === 'array') return keysAt(def['element'], rest);
  if (def.type === 'record') return keysAt(def['valueType'], rest);
  return [];
}

/** Zod begins its messages with this; the sentence has said so already. */
const lowered = (message: string): string =>
  message.replace(/^Invalid (input|option): /, '').replace(/^[A-Z]/, (first) => first.toLowerCase());
