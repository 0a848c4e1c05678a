import { distance } from 'fastest-levenshtein';
import type { UnitLine } from '../../documents/document.ts';
import type { Cause } from '../cause.ts';
import { editing, isAboutProxy, placeOf, remedy } from './_units.ts';
import { isAfterBrokenLine } from './comment-in-continuation.ts';

const KNOWN = new Set(['Environment', 'EnvironmentFile', 'PassEnvironment', 'UnsetEnvironment']);

export const keyMisspelledCause: Cause = {
  id: 'systemd/key-misspelled',
  severity: 'error',
  title: 'systemd does not know this key, and ignores the line.',
  seen: 'Enviroment=, environment=, export NAME=, or a proxy variable itself as a key below [Service].',
  fix: 'Write Environment="NAME=value".',
  symptoms: ['Unknown key name', 'Unknown lvalue', 'Unknown key'],
  find: (picture) =>
    picture.all('unit').flatMap((unit) =>
      unit.lines.flatMap((line) => {
        const to = corrected(line);
        if (
          to === undefined ||
          unit.role === 'manager' ||
          line.section === undefined ||
          isAfterBrokenLine(unit, line.line)
        )
          return [];
        return [
          {
            ...placeOf(line),
            at: line.key,
            says: `systemd has no key ${line.key.split(/[\s:=]/)[0]} and ignores this line.`,
            remedy: remedy(
              `Write ${to.key}=.`,
              editing(picture, line, () => to.line),
            ),
          },
        ];
      }),
    ),
};

function corrected({ isHeading, key, text, value = '' }: UnitLine): { key: string; line: string } | undefined {
  if (isHeading || KNOWN.has(key) || /^["']/.test(text) || !isAboutProxy(text)) return undefined;
  const bare = /^(?:export\s+)?([A-Za-z_]\w*)$/.exec(key)?.[1];
  if (bare !== undefined && isAboutProxy(bare) && !/^(?:Exec|Proxy|After|Before|Wants)/.test(bare)) {
    return { key: 'Environment', line: `Environment="${bare}=${value.replace(/^["']|["']$/g, '')}"` };
  }
  // Environment: …, Environment NAME=…
  const joined = /^Environment(?:\s*:\s*|\s+)(.*)$/i.exec(text)?.[1];
  if (joined !== undefined && !/^Environment\s*=/.test(text))
    return { key: 'Environment', line: `Environment=${joined}` };
  const near = ['Environment', 'EnvironmentFile'].find(
    (known) => key.toLowerCase() === known.toLowerCase() || distance(key.toLowerCase(), known.toLowerCase()) <= 2,
  );
  const isShort = /^(?:env|envs|environments?|envvars?|setenv|defaultenvironment|environmentvariables?)$/i.test(key);
  if (near === undefined && !isShort) return undefined;
  const right = near ?? 'Environment';
  return { key: right, line: `${right}=${value}` };
}
