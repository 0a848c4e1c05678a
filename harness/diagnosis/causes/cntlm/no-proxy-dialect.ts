import type { Cause } from '../cause.ts';
import { eachSetting, placeOf } from './_settings.ts';

export const noProxyDialectCause: Cause = {
  id: 'cntlm/no-proxy-dialect',
  severity: 'error',
  title: "Entries of cntlm's NoProxy are written as those of NO_PROXY, and name nothing there.",
  seen: 'NoProxy of cntlm.conf has an entry that begins with a dot, a network such as 10.0.0.0/8, a port or a URL. cntlm knows globs over the host alone. *.corp.example, 10.* and plain names are right.',
  fix: 'Write globs: *.corp.example, 10.*.',
  symptoms: ['cntlm sends internal hosts to the parent proxy'],
  find: (picture) =>
    eachSetting(picture, 'noproxy').flatMap(({ value, written, ...place }) => {
      const wrong = value.split(/[,\s]+/).filter(isForeign);
      if (wrong.length === 0) return [];
      const to = wrong.reduce((line, entry) => line.replace(entry, asGlob(entry)), written);
      return [
        {
          ...placeOf(place),
          at: wrong[0] ?? '',
          says: `cntlm's NoProxy has patterns with * for the host, and no other spelling: ${listed(wrong)} ${wrong.length === 1 ? 'names' : 'name'} nothing there, so such hosts are asked for through the parent.`,
          remedy: { says: 'Write patterns, such as *.corp.example and 10.*.', edits: [{ ...placeOf(place), to }] },
        },
      ];
    }),
};

const isForeign = (entry: string): boolean =>
  /^\.\w/.test(entry) || /\/\d{1,2}$/.test(entry) || /:\/\//.test(entry) || /^[^:]+:\d+$/.test(entry);

function asGlob(entry: string): string {
  const bare = entry
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/\/(?!\d).*$/, '')
    .replace(/:\d+$/, '');
  const [, address = '', bits] = /^(\d+(?:\.\d+){3})\/(\d+)$/.exec(bare) ?? [];
  if (bits !== undefined) {
    const kept = address.split('.').slice(0, Math.floor(Number(bits) / 8));
    return kept.length === 4 ? address : [...kept, '*'].join('.');
  }
  return bare.startsWith('.') ? `*${bare}` : bare;
}

const listed = (entries: readonly string[]): string => entries.map((entry) => entry.replace(/^.*@/, '…@')).join(', ');
