import type { Cause } from '../cause.ts';
import { entryFinding, lists, named } from './_lists.ts';

export const patternMatchesNothingCause: Cause = {
  id: 'no-proxy/pattern-matches-nothing',
  severity: 'error',
  title: 'An entry of NO_PROXY is a pattern that no client knows.',
  seen: "10.*, 192.168., docker*, gitlab.*, a range of addresses, a regular expression. cntlm's NoProxy and Java's nonProxyHosts do know patterns.",
  fix: 'Write names, and for addresses a network such as 10.0.0.0/8.',
  symptoms: ['internal addresses go through the proxy though NO_PROXY has 10.*'],
  find: (picture) =>
    lists(picture).flatMap((list) => {
      const wrong = list.entries.filter(isPattern);
      return entryFinding(picture, list, {
        wrong,
        says: `${named(wrong)} in ${list.setting.name}: no client knows such a pattern, so nothing is excepted by it.`,
        remedy:
          'Write host names or domains; for addresses a network such as 10.0.0.0/8, which Go, docker, curl from 7.86 on and git with it know.',
        to: asNetwork,
      });
    }),
};

function isPattern(entry: string): boolean {
  if (/[;|\s]|:\/\//.test(entry)) return false;
  if (/^\d{1,3}(?:\.\d{1,3}){0,2}\.?$/.test(entry)) return entry.includes('.') || entry.length > 0;
  if (/^[\d.]+-[\d.]+$/.test(entry) || /^\/.+\/$/.test(entry)) return true;
  return entry.replace(/^\*\.?/, '').includes('*');
}

/** The network that such a beginning of an address means. */
function asNetwork(entry: string): string | undefined {
  const [, start] = /^(\d{1,3}(?:\.\d{1,3}){0,2})\.?(?:\*(?:\.\*)*)?$/.exec(entry) ?? [];
  if (start === undefined) return undefined;
  const parts = start.split('.');
  return `${[...parts, '0', '0', '0'].slice(0, 4).join('.')}/${parts.length * 8}`;
}
