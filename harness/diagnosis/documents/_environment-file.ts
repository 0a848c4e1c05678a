import { backslashesAtEnd } from '../../recipes/systemd/logical.ts';

/** An assignment in a file that `EnvironmentFile=` names, as systemd reads it. */
export interface FileAssignment {
  /** From 1, in the text. */
  readonly line: number;
  /** With `export` in front where it is written so; systemd ignores such a line. */
  readonly name: string;
  readonly value: string;
  /** As it stands in the file. */
  readonly written: string;
  readonly exported: boolean;
}

/** Reads lines of NAME=value as systemd does. Source: systemd.exec(5), “EnvironmentFile=”. */
export function environmentFileAssignments(text: string): readonly FileAssignment[] {
  const lines = text.split(/\r?\n/);
  const found: FileAssignment[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = at + 1;
    let part = lines[at] ?? '';
    if (/^\s*(?:[#;]|$)/.test(part)) continue;
    const parts: string[] = [];
    while (backslashesAtEnd(part) % 2 === 1 && at + 1 < lines.length) {
      parts.push(part.slice(0, -1));
      at += 1;
      part = lines[at] ?? '';
    }
    const raw = [...parts, part].join('');
    const equals = raw.indexOf('=');
    const key = raw.slice(0, Math.max(0, equals)).trim();
    const name = key.replace(/^export\s+/, '');
    if (name === '') continue;
    const written = raw.slice(equals + 1).trim();
    found.push({ line, name, value: unquoted(written), written, exported: name !== key });
  }
  return found;
}

/** Quotes count at the beginning of a value alone; what follows them is a part of it. */
function unquoted(written: string): string {
  const [, single, double, rest = ''] = /^(?:'([^']*)'|"((?:[^"\\]|\\.)*)")\s*(.*)$/s.exec(written) ?? [];
  if (single !== undefined) return single + rest;
  if (double !== undefined) return double.replace(/\\(["\\$`])/g, '$1') + rest;
  return written.replace(/\\(.)/g, '$1');
}

/** Reads /etc/environment as pam_env does: everything behind # is a comment, and one pair of quotation marks is taken away. */
export function etcEnvironmentAssignments(text: string): readonly FileAssignment[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    if (raw.length > 65_536) return [];
    const said = raw.replace(/#.*$/, '').trim();
    const [, prefix, name, written] = /^(export\s+)?([^=]+)=(.*)$/.exec(said) ?? [];
    if (name === undefined || written === undefined) return [];
    const value = /^["']/.test(written) ? written.slice(1).replace(/["']$/, '') : written;
    return [{ line: index + 1, name, value, written, exported: prefix !== undefined }];
  });
}

/** What `env` prints; of `export -p` and `declare -x` without the quotes of the shell. */
export function dumpAssignments(text: string): readonly FileAssignment[] {
  return text.split(/\r?\n/).flatMap((raw, index) => {
    const [, prefix, name, written] = /^(export |declare -\w+ |typeset -\w+ )?([A-Za-z_][\w-]*)=(.*)$/.exec(raw) ?? [];
    if (name === undefined || written === undefined) return [];
    const value = prefix === undefined ? written : unquoted(written);
    return [{ line: index + 1, name, value, written, exported: prefix !== undefined }];
  });
}
