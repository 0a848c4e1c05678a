import type { ShowDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import type { Cause, Found } from '../cause.ts';
import { isAboutProxy, nameOf, remedy } from './_units.ts';
import { wantedOf } from './_wanted.ts';

const CHANGED =
  /Warning: .*changed on disk|the version systemd has loaded is outdated|Run '?systemctl daemon-reload'? to reload units/i;

export const notReloadedCause: Cause = {
  id: 'systemd/not-reloaded',
  severity: 'error',
  title: 'systemd has not read the files as they are now.',
  seen: 'NeedDaemonReload=yes, the warning that a unit changed on disk, or systemctl show without the variables that the drop-in sets.',
  fix: 'Run systemctl daemon-reload, then restart the service.',
  symptoms: ['changed on disk', 'NeedDaemonReload=yes'],
  find: (picture) => {
    const shown = picture.all('show').flatMap((show) => ofShow(show, picture));
    if (shown.length > 0) return shown;
    return [...warned(picture)].slice(0, 1).map(({ file, line, unit }) => ({
      file,
      line,
      says: `systemd says that ${unit} changed on disk after it was read, so what the files say now does not count.`,
      remedy: commands(unit),
    }));
  },
};

const commands = (unit: string): Found['remedy'] =>
  remedy(`Run systemctl daemon-reload, then systemctl restart ${unit === 'the service' ? 'UNIT' : unit}.`);

function ofShow(show: ShowDocument, picture: Picture): Found[] {
  const name = nameOf(show);
  const needs = show.properties.find(({ key, value }) => key === 'NeedDaemonReload' && value === 'yes');
  if (needs) {
    const { file, line } = needs;
    const says = `NeedDaemonReload=yes: the files of ${name} changed after systemd read them.`;
    return [{ file, line, at: 'yes', says, remedy: commands(name) }];
  }
  const printed = show.properties.find(({ key }) => key === 'Environment');
  const loaded = new Map(show.environment.map((each) => [each.name, each.value]));
  const missing = wantedOf(show.unit, picture).filter(
    ({ name: variable, value }) => isAboutProxy(variable) && loaded.get(variable) !== value,
  );
  if (!printed || missing.length === 0) return [];
  const { file, line } = printed;
  return [
    {
      file,
      line,
      says: `systemctl show prints ${loaded.size === 0 ? 'no variables' : `other variables`} than the files of ${name} set: ${missing.map((each) => each.name).join(', ')} ${missing.length === 1 ? 'is' : 'are'} not as written, so systemd has not read the files.`,
      remedy: commands(name),
    },
  ];
}

function* warned(picture: Picture): Generator<{ file: string; line: number; unit: string }> {
  const unitIn = (text: string): string => /([\w@.-]+)\.service/.exec(text)?.[1] ?? 'the unit';
  for (const { text, file, line } of picture.lines) if (CHANGED.test(text)) yield { file, line, unit: unitIn(text) };
  for (const { piece, unit } of picture.all('unit')) {
    for (const [index, text] of piece.text.split('\n').slice(0, 20).entries())
      if (/^#/.test(text) && CHANGED.test(text))
        yield { file: piece.file, line: piece.skipped + index + 1, unit: nameOf({ unit }) };
  }
}
