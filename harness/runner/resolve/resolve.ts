import type { ResolveOptions } from '../definition.ts';
import { type SubjectKind, subjectDefinitions } from '../kinds.ts';
import type { Driver, SubjectIdentity } from '../subject.ts';
import { SubjectError } from './error.ts';
import { identify } from './identify.ts';
import { findProgram } from './program.ts';

/**
 * Finds the subject that `--runner` names: what a kind of the registry has a word for, such as `reference` or a full
 * version; else a program, by path or by name on PATH.
 * @throws SubjectError in a sentence that says what to do
 */
export async function resolveSubject(name: string, options: ResolveOptions): Promise<Driver<SubjectKind>> {
  if (name === '') throw new SubjectError('usage', '--runner is empty: try --runner reference.');
  const named = subjectDefinitions.find((each) => each.named?.claims(name))?.named;
  if (named) return named.driver(name, options, (path) => identityOf(path, options));
  const path = await findProgram(name, options.env);
  const { definition, version } = await identify(path, options);
  if (definition.program) return definition.program.driver({ path, version }, options);
  throw new SubjectError('usage', `${path} is a ${definition.kind}, which I cannot drive as a program.`);
}

async function identityOf(path: string, options: ResolveOptions): Promise<SubjectIdentity> {
  const { definition, version } = await identify(path, options);
  return { kind: definition.kind, version, path };
}
