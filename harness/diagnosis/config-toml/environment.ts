import { splitUrl } from '../../url/index.ts';
import { checkNoProxyValue, checkProxyValue } from '../proxy-value.ts';
import type { Remark } from '../remark.ts';

const PROXY = /^(https?|ftp|all)_proxy$/i;
const LOWER_ONLY = ['curl', 'git', 'wget'].join(', ');

/** An `environment` list taken apart at the first equals sign of each entry. */
export function entriesOf(environment: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    environment.map((entry) => {
      const equals = entry.indexOf('=');
      return equals < 0 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)];
    }),
  );
}

/**
 * The values that jobs get: the runner replaces `$NAME` and `${NAME}` by other variables of the job, and `$$` by a
 * dollar sign.
 */
export function jobValues(environment: readonly string[]): ReadonlyMap<string, string> {
  const entries = entriesOf(environment);
  const expand = (value: string): string =>
    value.replace(/\$(?:(\$)|\{([^}]{0,100})\}|([A-Za-z_]\w*))/g, (_, dollar, braced, plain) =>
      dollar ? '$' : (entries.get(braced ?? plain) ?? ''),
    );
  return new Map([...entries].map(([name, value]) => [name, expand(value)]));
}

/** Checks the `environment` of a `[[runners]]` section as to its proxy. */
export function checkEnvironment(environment: readonly string[], executor: string | undefined): Remark[] {
  const remarks: Remark[] = [];
  const values = jobValues(environment);
  const reader = executor === 'shell' ? 'host' : 'container';
  for (const [nth, entry] of environment.entries()) {
    if (entry.includes('=')) continue;
    // What it says is not repeated: it may be a password that stands alone.
    remarks.push({
      level: 'error',
      says: `Entry ${nth + 1} of environment has no equals sign, so the runner leaves it out.`,
      fix: 'Each entry is "NAME=value".',
    });
  }
  for (const [name, written] of entriesOf(environment)) {
    if (/^no_proxy$/i.test(name)) remarks.push(...checkNoProxyValue(name, values.get(name) ?? ''));
    if (!PROXY.test(name)) continue;
    if (/(?<!\$)(?:\$\$)*\$(?!\$)[A-Za-z_{]/.test(written)) {
      remarks.push({
        level: splitUrl(written).userinfo?.includes('$') ? 'error' : 'note',
        says: `The runner takes $ in ${name} for the beginning of a variable's name and puts that variable in, which is empty where there is none.`,
        fix: 'Write $$ for a dollar sign that is meant.',
      });
    }
    remarks.push(...checkProxyValue(name, values.get(name) ?? '', reader));
    if (splitUrl(written).userinfo?.includes(':')) {
      remarks.push({
        level: 'warning',
        says: `${name} holds a password, which every job can print and docker inspect shows.`,
        fix: 'Let cntlm have it, and name cntlm here.',
      });
    }
  }
  return [...remarks, ...checkSpellings(values)];
}

function checkSpellings(values: ReadonlyMap<string, string>): Remark[] {
  const remarks: Remark[] = [];
  for (const lower of ['http_proxy', 'https_proxy', 'no_proxy']) {
    const upper = lower.toUpperCase();
    const [small, large] = [values.get(lower), values.get(upper)];
    if (small === undefined && large !== undefined) {
      remarks.push({
        level: 'warning',
        says: `${upper} is set and ${lower} is not. ${lower === 'http_proxy' ? `For http URLs ${LOWER_ONLY} read the lower-case one alone, so they go direct` : 'wget reads the lower-case one alone'}.`,
        fix: `Set both, as on the page.`,
      });
    }
    if (small !== undefined && large === undefined) {
      remarks.push({
        level: 'warning',
        says: `${lower} is set and ${upper} is not. Some programs read the upper-case one alone, and so do the page's hook and its config.json.`,
        fix: 'Set both, as on the page.',
      });
    }
    if (small !== undefined && large !== undefined && bare(small) !== bare(large)) {
      remarks.push({
        level: 'warning',
        says: `${lower} and ${upper} differ, so half of a job's programs use another value than the others.`,
        fix: 'Give both the same value.',
      });
    }
  }
  return remarks;
}

/** The page's own example leaves the scheme out in the upper-case ones. */
const bare = (value: string): string => value.replace(/^http:\/\//, '').replace(/\/$/, '');
