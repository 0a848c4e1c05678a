import type { LogLine, Picture } from '../../diagnosis/picture/picture.ts';
import type { PlannedRegistration } from './plan.ts';
import { symptomsIn } from './symptom.ts';

/** A registration that was typed, at a prompt or in a script; what stands before the program is how it was called. */
const TYPED =
  /(?:^|[$#;&]\s*)((?:sudo(?:\s+-{1,2}[\w-]+(?:=\S+)?|\s+\w+=\S+)*\s+)?)(?:[\w/.-]*\/)?gitlab-runner\s+(?:register|verify)\b/;
const EXPORTED = /(?:^|[$#;&]\s*)export\s+((?:\w+=(?:"[^"]*"|'[^']*'|\S+)\s*)+)/;
const ASSIGNED = /(\w*proxy)=(?:"([^"]*)"|'([^']*)'|(\S+))/gi;
const VERIFIES = /Verifying runner|\/runners\/verify\b/;

/**
 * How somebody registers the runner, by what they typed: with which variables of the shell, and whether by sudo. Undefined where no log
 * tells of a registration.
 */
export function registrationIn(picture: Picture): PlannedRegistration | undefined {
  const symptom = symptomsIn(picture).find(({ who }) => who === 'register');
  const typed = picture.lines.find(({ text }) => TYPED.test(text));
  if (!symptom && !typed) return undefined;
  const [, sudo = ''] = TYPED.exec(typed?.text ?? '') ?? [];
  const told = symptom?.text ?? picture.lines.find(({ text }) => VERIFIES.test(text))?.text ?? '';
  return {
    variables: exportedBefore(picture.lines, typed),
    sudo: sudo.trim(),
    with: VERIFIES.test(told) ? 'runner-token' : 'registration-token',
  };
}

function exportedBefore(lines: readonly LogLine[], typed: LogLine | undefined): Readonly<Record<string, string>> {
  const before = lines.filter(({ file, line }) => typed && file === typed.file && line < typed.line);
  const words = before.flatMap(({ text }) => EXPORTED.exec(text)?.[1] ?? []);
  return Object.fromEntries(
    words.flatMap((each) =>
      [...each.matchAll(ASSIGNED)].map(([, name = '', double, single, bare]) => [name, double ?? single ?? bare ?? '']),
    ),
  );
}
