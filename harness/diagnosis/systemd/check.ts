import { type Assignment, type Directive, readEnvironment, readUnit } from '../../recipes/systemd/read.ts';
import { splitUrl } from '../../url/index.ts';
import { atLine, checkNoProxyValue, checkProxyValue } from '../proxy-value.ts';
import type { Remark } from '../remark.ts';

/**
 * Checks a drop-in that gives a service its proxy variables, as on the page.
 * Source: “Configuring Docker for downloading images”, “Adding Proxy variables to the GitLab Runner configuration”.
 */
export function checkDropIn(text: string): Remark[] {
  const directives = readUnit(text);
  const { assignments, dropped } = readEnvironment(text);
  return [
    ...directives.flatMap(checkPlace),
    ...dropped.map(
      ({ line, why }): Remark => ({
        level: 'error',
        line,
        says: `systemd ignores this, with a line in its journal and nothing else: ${why}.`,
        fix: 'Put quotation marks around the whole assignment, Environment="NAME=value", and write each % as %% and each \\ as \\\\.',
      }),
    ),
    ...assignments.flatMap(checkAssignment),
    ...checkWhole(assignments),
  ].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** What may be repeated: anything else may be a password that went astray. */
const isWord = (text: string): boolean => /^[A-Za-z]{1,30}$/.test(text);

const isProxy = (name: string): boolean => /^(https?|ftp|all)_proxy$/i.test(name);
const isVariable = (name: string): boolean => isProxy(name) || /^no_proxy$/i.test(name);

/** A setting in a section, or under a key, where systemd does not look for it. */
function checkPlace({ line, section, key, value }: Directive): Remark[] {
  const remark = (says: string, fix: string): Remark[] => [{ level: 'error', line, says, fix }];
  const isEnvironment = key.toLowerCase() === 'environment';
  if (isEnvironment && section !== 'Service') {
    return remark(
      section === undefined
        ? 'This stands before the first section, so systemd ignores it.'
        : `This stands in ${isWord(section) ? `[${section}]` : 'another section'}, where systemd does not know it: it ignores the line and starts the service without.`,
      'The section is [Service], in just this spelling.',
    );
  }
  if (section !== 'Service') return [];
  if (isEnvironment && key !== 'Environment') {
    return remark(`${key}= is unknown to systemd, which tells capitals from small letters.`, 'Write Environment=.');
  }
  if (value === undefined)
    return remark('This line has no equals sign, so systemd ignores it.', 'Write Environment="NAME=value".');
  if (isVariable(key)) {
    return remark(
      `${key}= is a variable, but systemd reads it as a setting, and knows none of that name.`,
      `Write Environment="${key}=…".`,
    );
  }
  if (/^env/i.test(key) && !/^Environment(File)?$/.test(key)) {
    return remark(
      `${isWord(key) ? `${key}=` : 'This'} is unknown to systemd, so it is ignored.`,
      'Write Environment=.',
    );
  }
  return [];
}

function checkAssignment({ line, name, value, specifiers }: Assignment): Remark[] {
  if (!isVariable(name)) return [];
  const remarks: Remark[] = [];
  if (specifiers.replaced.length > 0) {
    remarks.push({
      level: 'error',
      line,
      says: `systemd replaces ${specifiers.replaced.join(' and ')} in ${name} by something of its own (a specifier), so the service gets another value, and nothing says so.`,
      fix: 'Write each % as %%.',
    });
  }
  if (!isProxy(name)) return [...remarks, ...atLine(line, checkNoProxyValue(name, value))];
  if (holdsPassword(value)) {
    remarks.push({
      level: 'note',
      line,
      says: `${name} holds a password, which every user of the machine can read with systemctl show.`,
      fix: 'Let cntlm have it, and name cntlm here.',
    });
  }
  return [...remarks, ...atLine(line, checkProxyValue(name, value, 'host'))];
}

function holdsPassword(value: string): boolean {
  const { scheme = '', userinfo } = splitUrl(value);
  return /^https?$/.test(scheme) && (userinfo?.includes(':') ?? false);
}

function checkWhole(assignments: readonly Assignment[]): Remark[] {
  const last = new Map(assignments.map((each) => [each.name, each]));
  const remarks: Remark[] = [];
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY']) {
    const [upper, lower] = [last.get(name), last.get(name.toLowerCase())];
    if (upper && lower && upper.value !== lower.value) {
      remarks.push({
        level: 'warning',
        line: lower.line,
        says: `${name} and ${name.toLowerCase()} differ. Go's programs (dockerd, gitlab-runner) read the upper-case one first, curl, git and wget the lower-case one.`,
        fix: 'Give both the same value.',
      });
    }
  }
  const has = (name: string): boolean => last.has(name) || last.has(name.toLowerCase());
  for (const [name, serves] of [
    ['HTTPS_PROXY', 'https'],
    ['HTTP_PROXY', 'http'],
  ] as const) {
    const other = name === 'HTTP_PROXY' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
    if (has(other) && !has(name)) {
      remarks.push({
        level: 'warning',
        says: `There is no ${name}, so what the service asks for by ${serves} goes around the proxy.`,
        fix: `Add Environment="${name}=…", as on the page.`,
      });
    }
  }
  if (!has('HTTP_PROXY') && !has('HTTPS_PROXY')) {
    remarks.push({
      level: 'error',
      says: 'This gives the service no proxy.',
      fix: 'Write [Service], and below it Environment="HTTP_PROXY=http://HOST:PORT/" and Environment="HTTPS_PROXY=http://HOST:PORT/".',
    });
  }
  return remarks;
}
