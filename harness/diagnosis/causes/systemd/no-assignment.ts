import type { UnitWord } from '../../documents/document.ts';
import type { Cause } from '../cause.ts';
import { editing, environmentsOf, isAboutProxy, isStray, placeOf, remedy } from './_units.ts';

export const noAssignmentCause: Cause = {
  id: 'systemd/no-assignment',
  severity: 'error',
  title: 'What stands in Environment= is no assignment, and systemd ignores it.',
  seen: 'Environment=HTTP_PROXY: http://…, ["HTTP_PROXY=http://…"], or "HTTP_PROXY = http://…" with blanks around the equals sign.',
  fix: 'Write Environment="NAME=value".',
  symptoms: ['Invalid environment assignment, ignoring'],
  find: (picture) =>
    picture.all('unit').flatMap((unit) =>
      environmentsOf(unit).flatMap((words) => {
        const [first] = words;
        const isList = first?.raw.startsWith('[') === true;
        const stray = words.find(
          (word, index) => isStray(word) && isNone(word) && words.slice(0, index).every(isStray),
        );
        const word = isList ? first : stray;
        if (!word || !words.some(({ text }) => isAboutProxy(text))) return [];
        return [
          {
            ...placeOf(word),
            says: isList
              ? 'systemd knows no lists in brackets: the brackets and commas become parts of names and values.'
              : 'This is no NAME=value, so systemd ignores it.',
            remedy: remedy('Write Environment="NAME=value".', editing(picture, word, corrected)),
          },
        ];
      }),
    ),
};

/** A name that is spelled wrongly is a fault of its own. */
const isNone = ({ text }: UnitWord): boolean => isAboutProxy(text) && !/^[\w.-]+=/.test(text);

function corrected(line: string): string {
  const [, before = '', rest = ''] = /^(\s*Environment\s*=\s*)(.*)$/.exec(line) ?? [];
  if (rest.startsWith('[')) {
    const items = rest.replace(/^\[|\]\s*$/g, '').match(/"[^"]*"|'[^']*'|[^,\s]+/g) ?? [];
    return before + items.map((item) => `"${item.replace(/^["']|["']$/g, '')}"`).join(' ');
  }
  const bare = rest.replace(/["']/g, '').trim();
  const [, name, value] =
    /^(?:export\s+)?([A-Za-z_]\w*)\s*[:=]\s*(\S+)$/.exec(bare) ?? /^([A-Za-z_]\w*)\s+(\S+)$/.exec(bare) ?? [];
  return name === undefined ? line : `${before}"${name}=${value}"`;
}
