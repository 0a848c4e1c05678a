import { lineOf } from '../_values.ts';
import type { Cause } from '../cause.ts';
import { entryFinding, lists } from './_lists.ts';

export const separatorWrongCause: Cause = {
  id: 'no-proxy/separator-wrong',
  severity: 'error',
  title: 'The entries of NO_PROXY are not separated by commas.',
  seen: "A list with ; or |, or with blanks alone. Blanks beside commas do no harm. Java's http.nonProxyHosts and cntlm's NoProxy have other rules.",
  fix: 'Separate the entries by commas.',
  symptoms: ['NO_PROXY has no effect'],
  find: (picture) =>
    lists(picture).flatMap((list) => {
      const { value, setting } = list;
      const sign = /[;|]/.exec(value)?.[0] ?? (value.includes(',') ? undefined : /\S(\s+)\S/.exec(value)?.[1]);
      if (sign === undefined || /:\/\//.test(value)) return [];
      const right = value
        .split(/[;|,\s]+/)
        .filter((entry) => entry !== '')
        .join(',');
      const [found] = entryFinding(picture, list, {
        wrong: [value],
        says: `Entries of ${setting.name} are separated by ${sign.trim() === '' ? 'blanks alone' : `“${sign}”`}: clients take the whole for one name, which no host has.`,
        remedy: 'Separate them by commas.',
      });
      if (!found) return [];
      const edits = list.settings.flatMap(({ file, line, value: written }) => {
        const before = lineOf(picture, file, line);
        return before?.includes(written) ? [{ file, line, to: before.replace(written, right) }] : [];
      });
      return [{ ...found, at: sign.trim() === '' ? value : sign, remedy: { ...found.remedy, edits } }];
    }),
};
