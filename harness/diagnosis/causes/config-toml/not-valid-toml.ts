import type { Picture } from '../../picture/picture.ts';
import { lineOf } from '../_values.ts';
import type { Cause, Edit } from '../cause.ts';

const IN_LOG =
  /(?:Failed to load config|decoding configuration file|Failed to read config)\b.*\btoml: (?:line (\d+))?/i;

export const notValidTomlCause: Cause = {
  id: 'config-toml/not-valid-toml',
  severity: 'error',
  title: 'The file is no valid TOML, so gitlab-runner does not load it.',
  seen: 'A config.toml that does not parse, for typographic quotation marks, a missing comma, quotation mark or bracket, or a backslash between double quotes; or a line of its log that says so.',
  fix: 'Mend the line.',
  symptoms: ['Failed to load config', 'decoding configuration file: toml: line'],
  find: (picture) => {
    const broken = picture.all('config-toml').flatMap(({ error }) => error ?? []);
    if (broken.length === 0) {
      const told = picture.lines.find(({ text }) => IN_LOG.test(text));
      if (!told || picture.runners.length > 0) return [];
      const line = IN_LOG.exec(told.text)?.[1];
      return [
        {
          file: told.file,
          line: told.line,
          says: `gitlab-runner says that its config.toml is no valid TOML${line === undefined ? '' : `, at line ${line}`}.`,
          remedy: { says: 'Mend that line; a running runner keeps the old configuration until then.' },
        },
      ];
    }
    return broken.map(({ file, line, why }) => {
      const edits = mended(picture, file, line);
      return {
        file,
        line,
        ...marked(lineOf(picture, file, line) ?? ''),
        says: `The file does not parse here: ${why}. A running gitlab-runner keeps the configuration it has, and does not start again with this one.`,
        remedy: { says: adviceFor(lineOf(picture, file, line) ?? ''), ...(edits.length > 0 ? { edits } : {}) },
      };
    });
  },
};

const TYPOGRAPHIC = /[“”„‟]/;
/** A backslash that begins no escape of TOML's, between double quotes. */
const STRAY_BACKSLASH = /\\(?![btnfr"\\]|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})[^\s]/;

const marked = (written: string): { at?: string } => {
  const [at] = TYPOGRAPHIC.exec(written) ?? STRAY_BACKSLASH.exec(written) ?? [];
  return at === undefined ? {} : { at };
};

function adviceFor(written: string): string {
  if (TYPOGRAPHIC.test(written)) return 'Write plain quotation marks: ".';
  if (STRAY_BACKSLASH.test(written))
    return 'Write two backslashes for one between double quotes, or single quotes around the text; in a URL %5C.';
  return 'Look at this line and the one above: a comma between entries, quotation marks at both ends, a closing bracket.';
}

/** The line without the marks of a word processor, or the one above with the comma that is missing. */
function mended(picture: Picture, file: string, line: number): readonly Edit[] {
  const written = lineOf(picture, file, line) ?? '';
  if (TYPOGRAPHIC.test(written)) return [{ file, line, to: written.replace(/[“”„‟]/g, '"') }];
  const above = lineOf(picture, file, line - 1) ?? '';
  const isEntry = (text: string): boolean => /^\s*(["'])[^"'\\]*\1\s*,?\s*$/.test(text);
  if (isEntry(written) && isEntry(above) && !/,\s*$/.test(above))
    return [{ file, line: line - 1, to: `${above.trimEnd()},` }];
  return [];
}
