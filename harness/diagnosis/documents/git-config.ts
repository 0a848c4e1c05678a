import type { GitConfigDocument, Piece, Reader } from './document.ts';

/** Sections that git's own files have, and hardly another INI file. */
const SECTION =
  /^[ \t]*\[(?:core|http|https|user|credential|url|safe|remote|branch|filter|alias|init|push|pull|includeIf|include|submodule|lfs)(?:[ \t]+"[^"\n]*")?\][ \t]*(?:[#;].*)?$/m;
/** `git config --list`, with `--show-origin` or without. */
const LISTED = /^(?:file:\S+[ \t]+)?([a-z][\w-]*)\.(?:(.*)\.)?([a-zA-Z][\w-]*)=(.*)$/;

/** .gitconfig, /etc/gitconfig, and what `git config --list` prints. */
export const gitConfigReader: Reader = {
  title: "git's configuration",
  knows: ({ path, text }) => {
    const head = text.slice(0, 64 * 1024);
    const named = /(^|\/)(?:\.?gitconfig|\.git\/config|git\/config)(\.\w+)?$/i.test(path);
    if (SECTION.test(head) && !/^[ \t]*\[submodule "[^"\n]*"\]/m.test(head))
      return named ? 3 : /\.(?:toml|conf|ini|json|service)$/.test(path) ? 0 : 1;
    const lines = head.split('\n').filter((line) => line.trim() !== '');
    const listed = lines.filter((line) => line.length < MOST && LISTED.test(line));
    const isList =
      listed.length > 0 &&
      listed.length === lines.length &&
      (/git[-_]?config/i.test(path) || listed.some((line) => /(?:^|\s)(?:http|https|core|user)\./.test(line)));
    return isList ? (/git/i.test(path) ? 3 : 2) : named ? 1 : 0;
  },
  read: (piece) => [{ kind: 'git-config', piece, entries: SECTION.test(piece.text) ? inFile(piece) : inList(piece) }],
};

/** The longest line that is looked at. */
const MOST = 4096;

type Entries = GitConfigDocument['entries'];

function inList({ file, skipped, text }: Piece): Entries {
  return text.split('\n').flatMap((line, index) => {
    const [, section, subsection, key, value] = LISTED.exec(line.slice(0, MOST).replace(/\r$/, '')) ?? [];
    if (section === undefined || key === undefined || value === undefined) return [];
    return [
      { file, line: skipped + index + 1, section: section.toLowerCase(), subsection, key: key.toLowerCase(), value },
    ];
  });
}

function inFile({ file, skipped, text }: Piece): Entries {
  const entries: Entries[number][] = [];
  let [section, subsection]: [string, string | undefined] = ['', undefined];
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = skipped + at + 1;
    let rest = (lines[at] ?? '').slice(0, MOST);
    const header = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(rest);
    if (header) {
      section = (header[1] ?? '').toLowerCase();
      subsection = header[2]?.replace(/\\(.)/g, '$1');
      rest = rest.slice(header[0].length);
    }
    // A backslash at the end goes on in the next line.
    while (rest.length < MOST && rest.endsWith('\\') && at + 1 < lines.length) {
      at += 1;
      rest = rest.slice(0, -1) + (lines[at] ?? '');
    }
    const [, key, value = ''] = /^\s*([a-zA-Z][\w-]*)\s*(?:=\s*(.*))?$/.exec(rest) ?? [];
    if (key !== undefined && section !== '')
      entries.push({ file, line, section, subsection, key: key.toLowerCase(), value: plain(value) });
  }
  return entries;
}

/** Without quotation marks and remarks, and escapes read, as git-config(1) says. */
function plain(written: string): string {
  let value = '';
  let quoted = false;
  for (let at = 0; at < written.length; at += 1) {
    const char = written.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (char === '\\') {
      at += 1;
      const next = written.charAt(at);
      value += next === 'n' ? '\n' : next === 't' ? '\t' : next;
    } else if (!quoted && /[#;]/.test(char)) break;
    else value += char;
  }
  return quoted ? value : value.trimEnd();
}
