import type { Picture, Setting } from '../../picture/picture.ts';
import { lineOf, proxyValues, replacing, runnerOf, type Value } from '../_values.ts';
import type { Found, Severity } from '../cause.ts';
import { type FlawKind, flawsOf } from './_flaws.ts';

/** A reference to a variable, where the file's reader may put its value in. */
const REFERENCE = /\$\{?\w/;

/** How one flaw is told of. */
interface Told {
  readonly says: (setting: Setting) => string;
  readonly remedy: string;
  readonly severity?: (value: Value) => Severity;
  /** Where it is another cause's. */
  readonly when?: (value: Value) => boolean;
}

/** The values that have a flaw. */
export function flawFindings(
  picture: Picture,
  kind: FlawKind,
  { says, remedy, severity, when }: Told,
): readonly Found[] {
  return proxyValues(picture).flatMap((each): Found[] => {
    const { value, setting, settings, scope } = each;
    if (REFERENCE.test(value) || isSpoiledByUnit(picture, setting) || (when && !when(each))) return [];
    const flaw = flawsOf(value).find((one) => one.kind === kind);
    if (!flaw) return [];
    const { file, line } = setting;
    const written = lineOf(picture, file, line);
    const edits = flaw.to === undefined ? [] : replacing(picture, settings, flaw.to);
    return [
      {
        file,
        line,
        ...(severity ? { severity: severity(each) } : {}),
        ...(flaw.at !== undefined && written?.includes(flaw.at) ? { at: flaw.at } : {}),
        says: says(setting),
        remedy: { says: remedy, ...(edits.length > 0 ? { edits } : {}) },
        ...runnerOf(scope, picture),
      },
    ];
  });
}

/** Several assignments in one pair of quotes, or what stands behind a value, are told of as faults of the file. */
const isSpoiledByUnit = (picture: Picture, { file, value }: Setting): boolean =>
  picture.documents.some(
    ({ kind, piece }) =>
      piece.file === file &&
      ((kind === 'unit' && /\s["']?\w+=|[;,]\s*$/.test(value)) || (kind === 'env-file' && /\s#/.test(value))),
  );
