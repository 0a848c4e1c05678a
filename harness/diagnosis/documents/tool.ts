import type { Piece, Reader, ToolDocument } from './document.ts';
import { aptEntries } from './tool/apt.ts';
import { type Entries, lineEntries } from './tool/entries.ts';
import { mavenEntries } from './tool/maven.ts';

interface Kind {
  readonly tool: ToolDocument['tool'];
  /** By its path. */
  readonly named: RegExp;
  /** By a line that no other kind of file has; alone it is not enough for certain. */
  readonly shows: RegExp;
  readonly entries: (piece: Piece) => Entries;
}

const KEY_VALUE = /^\s*([^\s=:#;][^=:]*?)\s*[=:]\s*(.*)$/;
const EQUALS = /^\s*([^\s=#;][^=]*?)\s*=\s*(.*)$/;

const KINDS: readonly Kind[] = [
  {
    tool: 'npm',
    named: /(^|\/)\.?npmrc$/i,
    shows: /^[ \t]*(?:https?-proxy|noproxy|registry|strict-ssl|cafile|(?:@[\w-]+:)registry|\/\/[\w.:/-]+:_\w+)\s*=/m,
    entries: (piece) => lineEntries(piece, EQUALS),
  },
  {
    tool: 'pip',
    named: /(^|\/)\.?pip(?:\.conf|\.ini|\/pip\.conf)$|(^|\/)pip\.conf$/i,
    shows: /^[ \t]*(?:index-url|extra-index-url|trusted-host)\s*=/m,
    entries: (piece) => lineEntries(piece, KEY_VALUE),
  },
  {
    tool: 'apt',
    named: /(^|\/)apt\.conf(?:\.d\/[^/]+)?$/i,
    shows: /^[ \t]*Acquire(?:::|\s*\{)/im,
    entries: aptEntries,
  },
  {
    tool: 'wget',
    named: /(^|\/)\.?wgetrc$/i,
    shows: /^[ \t]*use_proxy\s*=/m,
    entries: (piece) => lineEntries(piece, EQUALS),
  },
  {
    tool: 'curl',
    named: /(^|\/)[._]?curlrc$/i,
    shows: /^[ \t]*(?:--?)(?:proxy|noproxy|proxy-user)\b/m,
    entries: (piece) => lineEntries(piece, /^\s*-{0,2}([\w-]+)\s*(?:[=:\s]\s*(.*))?$/),
  },
  { tool: 'maven', named: /(^|\/)settings[\w.-]*\.xml$/i, shows: /<settings\b[^>]*>/, entries: mavenEntries },
  {
    tool: 'gradle',
    named: /(^|\/)gradle\.properties$/i,
    shows: /^[ \t]*systemProp\.https?\.proxy\w+\s*[=:]/m,
    entries: (piece) => lineEntries(piece, KEY_VALUE, /^\s*[#!]/),
  },
  {
    tool: 'gitmodules',
    named: /(^|\/)\.gitmodules$/i,
    shows: /^[ \t]*\[submodule "[^"\n]*"\]/m,
    entries: (piece) => lineEntries(piece, EQUALS),
  },
  {
    tool: 'ssh',
    named: /(^|\/)(?:\.ssh\/config|ssh_config|ssh_config\.d\/[^/]+)$/i,
    shows: /^[ \t]*(?:ProxyCommand|ProxyJump)\s+\S/im,
    entries: (piece) =>
      lineEntries(piece, /^\s*(\w+)(?:\s+|\s*=\s*)(.*)$/).map((each) => ({ ...each, key: each.key.toLowerCase() })),
  },
];

/** A file that its name tells, or at least a line; `.npmrc` and its like have no mark of their own. */
const kindOf = ({ path, text }: Piece): { readonly kind: Kind; readonly sure: 1 | 3 } | undefined => {
  const named = KINDS.find((each) => each.named.test(path));
  if (named) return { kind: named, sure: 3 };
  const head = text.slice(0, 64 * 1024);
  const shown = /\.(?:ya?ml|md|sh|toml|log)$/i.test(path) ? undefined : KINDS.find(({ shows }) => shows.test(head));
  return shown && { kind: shown, sure: 1 };
};

/** The settings of npm, pip, apt, wget, curl, Maven, Gradle and ssh, and .gitmodules. */
export const toolReader: Reader = {
  title: 'settings of a tool',
  knows: (piece) => (piece.text.includes('\0') ? 0 : (kindOf(piece)?.sure ?? 0)),
  read: (piece) => {
    const { kind } = kindOf(piece) ?? {};
    return kind ? [{ kind: 'tool', piece, tool: kind.tool, entries: kind.entries(piece) }] : [];
  },
};
