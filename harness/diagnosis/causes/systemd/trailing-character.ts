import type { UnitWord } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import type { Cause } from '../cause.ts';
import { cutOff, editing, environmentsOf, isAboutProxy, placeOf, remedy } from './_units.ts';

export const trailingCharacterCause: Cause = {
  id: 'systemd/trailing-character',
  severity: 'error',
  title: 'A semicolon or comma at the end of an assignment becomes a part of the value.',
  seen: '; or , at the end of a proxy in Environment=, behind the quote or before it. A comma at the end of NO_PROXY does no harm, a semicolon spoils its last entry.',
  fix: 'Take it away.',
  symptoms: ['invalid port', 'lookup http: no such host'],
  find: (picture) =>
    trailing(picture).map((word) => {
      const at = word.value.slice(-1);
      return {
        ...placeOf(word),
        at: word.raw.slice(-2),
        says: `The ${at} at the end is a part of the value of ${word.name}${/^no_proxy$/i.test(word.name ?? '') ? ', so its last entry names nothing' : ', so the port is none'}.`,
        remedy: remedy(
          `Take the ${at} away.`,
          editing(picture, word, (line) => line.replace(word.raw, (raw) => raw.replace(/[;,]+(["']?)$/, '$1'))),
        ),
      };
    }),
};

const trailing = (picture: Picture): readonly UnitWord[] =>
  picture.all('unit').flatMap((unit) =>
    environmentsOf(unit).flatMap((words) => {
      const cut = cutOff(words);
      return words.filter(
        (word) => word !== cut?.word && isAboutProxy(word.name) && word.broken === undefined && isSpoiled(word),
      );
    }),
  );

function isSpoiled({ name = '', value }: UnitWord): boolean {
  if (/^no_proxy$/i.test(name)) return /^[^;]*[^;\s];+$/.test(value);
  return /[^;,][;,]+$/.test(value);
}
