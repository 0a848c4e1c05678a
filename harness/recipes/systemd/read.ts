import { logicalLines } from './logical.ts';
import { type Specifiers, undoSpecifiers } from './specifiers.ts';
import { splitWords } from './words.ts';

/** One line of a unit file that says something, continuations joined. */
export interface Directive {
  readonly line: number;
  /** The section it stands in, without brackets; undefined before the first. */
  readonly section: string | undefined;
  /** Before the equals sign; the whole line when there is none. */
  readonly key: string;
  readonly value: string | undefined;
}

/** The directives of a unit file. Source: systemd.syntax(7). */
export function readUnit(text: string): Directive[] {
  const directives: Directive[] = [];
  let section: string | undefined;
  for (const { line, text: whole } of logicalLines(text)) {
    const heading = /^\[(.*)\]$/.exec(whole)?.[1];
    if (heading !== undefined) section = heading;
    else directives.push({ line, section, ...keyAndValue(whole) });
  }
  return directives;
}

/** Key and value of a line, at its first equals sign. */
export function keyAndValue(text: string): { key: string; value: string | undefined } {
  const equals = text.indexOf('=');
  if (equals < 0) return { key: text, value: undefined };
  return { key: text.slice(0, equals).trimEnd(), value: text.slice(equals + 1).trimStart() };
}

/** One variable that a unit file sets, as the process gets it. */
export interface Assignment {
  readonly line: number;
  readonly name: string;
  readonly value: string;
  /** What systemd finds in the way of specifiers in what is written. */
  readonly specifiers: Specifiers;
}

/** A line or a word of it that systemd drops, and why: half a sentence. */
export interface Dropped {
  readonly line: number;
  readonly why: string;
}

/** What `Environment=` in `[Service]` comes to; an empty one takes back what stood before it. */
export function readEnvironment(text: string): { assignments: readonly Assignment[]; dropped: readonly Dropped[] } {
  let assignments: Assignment[] = [];
  const dropped: Dropped[] = [];
  for (const { line, section, key, value } of readUnit(text)) {
    if (section !== 'Service' || key !== 'Environment' || value === undefined) continue;
    if (value === '') assignments = [];
    const split = splitWords(value);
    if ('dropped' in split) {
      dropped.push({ line, why: split.dropped });
      continue;
    }
    for (const word of split.words) {
      const specifiers = undoSpecifiers(word);
      const [, name, rest] = /^([A-Za-z_]\w*)=(.*)$/s.exec(specifiers.text) ?? [];
      if (name === undefined || rest === undefined) dropped.push({ line, why: 'a part of the line is no NAME=value' });
      else if (specifiers.unknown.length > 0) {
        dropped.push({
          line,
          why: `${specifiers.unknown.join(' and ')} in ${name} is no specifier that systemd knows`,
        });
      } else assignments.push({ line, name, value: rest, specifiers });
    }
  }
  return { assignments, dropped };
}
