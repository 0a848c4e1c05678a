import { stringify } from 'yaml';
import type { Bundle } from '../../diagnosis/index.ts';
import { textOf } from '../../diagnosis/index.ts';
import type { Reproduction, Settings } from '../../reproduce/index.ts';
import { percentEncode } from '../../url/index.ts';
import { secretsOf } from '../diagnosis/secrets.ts';

/** Lines of a log before and after the symptom that are kept. */
const AROUND = 20;
/** A log that is longer is cut; a file that somebody writes never is so long. */
const LONG_LINES = 200;

/** What a case's file begins with. */
const HEAD =
  '# A case of Proxyproof: proxyproof reproduce FILE --prove runs it again. Secrets are replaced by others of the same shape.\n';

/**
 * A case as a file that anybody can run again, small enough for an issue: the files that were placed on the machine, and of logs what is
 * around the symptom. Every secret is replaced by another of the same shape, as `collect` does.
 */
export function caseFile({ files }: Bundle, { diagnosis, plan, symptoms }: Reproduction): string {
  const hide = shaping([...secretsOf(diagnosis), ...passwordOf(plan)]);
  const read = new Set(diagnosis.read.map(({ file }) => file));
  const texts = files.flatMap(({ name, path = name, bytes }) => {
    const text = textOf(bytes);
    if (text === undefined || !read.has(name)) return [];
    const line = symptoms.find(({ file }) => file === name)?.line;
    return [[path === name ? name : path, hide(cut(text, line))] as const];
  });
  return `${HEAD}${stringify({ proxyproof: 1, proxy: plan.auth.scheme, ...setOf(plan.set, hide), ...(Object.keys(plan.elsewhere).length > 0 ? { elsewhere: plan.elsewhere } : {}), files: Object.fromEntries(texts) }, { lineWidth: 0 })}`;
}

/** What was set, but for what the proxy asks for, which stands there anyway. */
function setOf(set: Settings, hide: (text: string) => string): { readonly set?: Settings } {
  const rest = Object.entries(set).filter(([key]) => key !== 'proxy.auth');
  return rest.length === 0 ? {} : { set: Object.fromEntries(rest.map(([key, value]) => [key, hide(value)])) };
}

/** The password that was set: no file has it. */
const passwordOf = ({ auth: { password }, set }: Reproduction['plan']): readonly string[] =>
  password === '' || !('proxy.password' in set || 'proxy.url' in set) ? [] : [password, percentEncode(password)];

function cut(text: string, line: number | undefined): string {
  const lines = text.split('\n');
  if (lines.length <= LONG_LINES) return text;
  const at = line ?? lines.length;
  return `${lines.slice(Math.max(0, at - AROUND), at + AROUND).join('\n')}\n`;
}

/** From this length on a secret is replaced within words, too. */
const LONG = 6;

/** Replaces letters and digits of secrets: what else stands in one may be what is wrong. */
function shaping(secrets: readonly string[]): (text: string) => string {
  const longest = secrets.toSorted((one, other) => other.length - one.length);
  return (text) =>
    longest.reduce((rest, secret) => {
      const shape = secret.replace(/[a-z]/g, 'x').replace(/[A-Z]/g, 'X').replace(/\d/g, '0');
      if (secret.length >= LONG) return rest.replaceAll(secret, () => shape);
      const alone = new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(secret)}(?![\\p{L}\\p{N}])`, 'gu');
      return rest.replace(alone, () => shape);
    }, text);
}
