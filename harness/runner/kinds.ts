import type { SubjectDefinition } from './definition.ts';
import { subjects } from './registry.ts';

/** The name of a kind of subject. */
export type SubjectKind = (typeof subjects)[number]['kind'];

export const subjectDefinitions: readonly SubjectDefinition<SubjectKind>[] = subjects;

export const subjectKinds: readonly SubjectKind[] = subjects.map(({ kind }) => kind);

/** What `--runner` takes, each as its help says it. */
export const runnerChoices: readonly string[] = [
  'a path',
  'a name on PATH',
  ...subjectDefinitions.flatMap(({ named }) => named?.takes ?? []),
];

/** Whether a value of `--runner` means a program of this machine. */
export const namesProgram = (name: string): boolean =>
  name !== '' && !subjectDefinitions.some(({ named }) => named?.claims(name));
