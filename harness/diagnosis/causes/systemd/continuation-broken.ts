import type { Place, UnitDocument } from '../../documents/document.ts';
import type { Cause } from '../cause.ts';
import { editing, isAboutProxy, remedy } from './_units.ts';

export const continuationBrokenCause: Cause = {
  id: 'systemd/continuation-broken',
  severity: 'error',
  title: 'A line that should go on in the next one does not.',
  seen: 'A blank behind the backslash of an Environment= line, or no backslash at all before a line that begins with a quoted assignment.',
  fix: 'End the line with the backslash and nothing behind it, or write one Environment= for each line.',
  symptoms: ['Unknown key \'"HTTPS_PROXY', 'Unknown key name'],
  find: (picture) =>
    picture.all('unit').flatMap((unit) =>
      brokenLines(unit).map(({ place, isBlank }) => ({
        ...place,
        says: isBlank
          ? 'A blank stands behind the backslash, so the line ends here, and systemd does not know what to do with the next one.'
          : 'No backslash ends this line, so systemd takes the next one for a key it does not know.',
        remedy: remedy(
          isBlank ? 'Take away what stands behind the backslash.' : 'End the line with a backslash.',
          editing(picture, place, (line) => (isBlank ? line.replace(/\\\s+$/, '\\') : `${line.trimEnd()} \\`)),
        ),
      })),
    ),
};

function brokenLines(unit: UnitDocument): { place: Place; isBlank: boolean }[] {
  const { file } = unit.piece;
  const blank = unit.words
    .filter(({ broken, raw }) => broken === 'escape' && /^\\\s*$/.test(raw))
    .map(({ line }) => ({ place: { file, line }, isBlank: true }));
  if (blank.length > 0) return blank;
  const commented = unit.words.some(({ broken, raw }) => broken === 'escape' && /^\\\s+[#;]/.test(raw));
  if (commented) return [];
  return unit.lines.flatMap((line, index) => {
    const before = unit.lines[index - 1];
    const isCutOff = /^["']\s*[A-Za-z_]\w*=/.test(line.text) || (/^\s+/.test(line.text) && isAboutProxy(line.key));
    if (!before || line.isHeading || !isCutOff || before.key !== 'Environment') return [];
    return [{ place: { file, line: before.last }, isBlank: false }];
  });
}
