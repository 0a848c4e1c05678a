import { distance } from 'fastest-levenshtein';
import { variableOf } from '../../picture/variables.ts';
import { editing, placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';
import { assignedTogether } from './_assigned.ts';

const RIGHT = ['http_proxy', 'https_proxy', 'no_proxy', 'all_proxy', 'ftp_proxy'];
/** Names that other programs know. */
const OF_OTHERS =
  /^(?:go_?proxy|rsync_proxy|socks_?proxy|ftps_proxy|gopher_proxy|npm_config_.*|yarn_.*|pip_.*|cargo_.*|.*_proxy_(?:host|port|user.*|pass.*|url))$/i;

export const variableNameMisspelledCause: Cause = {
  id: 'selection/variable-name-misspelled',
  severity: 'error',
  title: 'No program knows a variable of this name.',
  seen: 'A name near that of a proxy variable, such as HTTPSPROXY, https-proxy, HTTPS_PROY or Http_Proxy. Names that other programs know are none, nor one that another value refers to.',
  fix: 'Write HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in capitals or in small letters throughout.',
  symptoms: ['the proxy is ignored'],
  find: (picture) =>
    assignedTogether(picture).flatMap(({ assigned, text }) =>
      assigned.flatMap((each) => {
        const right = meant(each.name);
        if (right === undefined || each.value.trim() === '' || isReferred(text, each.name)) return [];
        return [
          {
            ...placeOf(each),
            at: each.name,
            says: `No program knows ${each.name}; ${right} is what they read.`,
            remedy: remedy(
              `Write ${right}.`,
              editing(picture, each, (line) =>
                line.replace(each.name, right).replace(new RegExp(String.raw`(\b${right}=)\s+`), '$1'),
              ),
            ),
          },
        ];
      }),
    ),
};

/** The variable that a name was meant to be; undefined where it is one, or something else. */
export function meant(name: string): string | undefined {
  if (variableOf(name) || OF_OTHERS.test(name)) return undefined;
  const lower = name.trim().toLowerCase();
  const bare = lower.replace(/[-_\s.]/g, '');
  const same = RIGHT.find((right) => right.replace('_', '') === bare);
  const right = same ?? nearest(lower, bare);
  if (right === undefined) return undefined;
  const capitals = name.replace(/[^A-Z]/g, '').length;
  return capitals * 2 > bare.length ? right.toUpperCase() : right;
}

function nearest(lower: string, bare: string): string | undefined {
  // Short names are near to too many others: of these the second half alone may be wrong.
  const short = /^(no|all|ftp)[-_]?(p[a-z]{3,5})$/.exec(lower);
  if (short)
    return distance(short[2] ?? '', 'proxy') <= 1 || isSwapped(short[2] ?? '', 'proxy')
      ? `${short[1]}_proxy`
      : undefined;
  if (!/^h?t/.test(bare) || !/p/.test(bare.slice(3)) || /\d/.test(bare)) return undefined;
  return ['https_proxy', 'http_proxy'].find((right) => {
    const known = right.replace('_', '');
    return distance(bare, known) <= 1 || isSwapped(bare, known);
  });
}

/** Whether two letters beside each other changed places. */
const isSwapped = (one: string, other: string): boolean =>
  one.length === other.length &&
  [...one].some((_, at) => one.slice(0, at) + one.charAt(at + 1) + one.charAt(at) + one.slice(at + 2) === other);

const isReferred = (text: string, name: string): boolean =>
  /^\w+$/.test(name) && new RegExp(String.raw`\$\{?${name}\b`).test(text);
