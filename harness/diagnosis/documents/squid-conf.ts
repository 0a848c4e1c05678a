import type { Piece, Reader, SquidConfDocument } from './document.ts';

const WORDS =
  /^(http_port|https_port|http_access|acl|auth_param|cache_peer|never_direct|always_direct|refresh_pattern|coredump_dir|request_body_max_size|forwarded_for|cache_dir|dns_nameservers|visible_hostname|access_log)[ \t]+\S/gm;

/** squid.conf. */
export const squidConfReader: Reader = {
  title: 'squid.conf',
  knows: ({ path, text }) => {
    const words = new Set([...text.slice(0, 64 * 1024).matchAll(WORDS)].map(([, word]) => word)).size;
    if (/(^|\/)squid[^/]*\.conf$|(^|\/)squid\/conf\.d\/[^/]+\.conf$/i.test(path) && words >= 1) return 3;
    return words >= 3 ? 2 : words === 2 ? 1 : 0;
  },
  read: (piece) => [document(piece)],
};

function document(piece: Piece): SquidConfDocument {
  const { file, text, skipped } = piece;
  const lines = text.split('\n');
  const directives: { file: string; line: number; key: string; value: string }[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = skipped + at + 1;
    let whole = lines[at] ?? '';
    // A backslash at the end continues the line.
    while (/\\\r?$/.test(whole) && at + 1 < lines.length) {
      at += 1;
      whole = `${whole.replace(/\\\r?$/, '')} ${(lines[at] ?? '').trim()}`;
    }
    const [, key, value = ''] = /^\s*([a-z_0-9]+)(?:\s+(.*?))?\s*$/.exec(whole.replace(/\s#.*$/, '')) ?? [];
    if (key !== undefined) directives.push({ file, line, key, value });
  }
  return { kind: 'squid-conf', piece, directives };
}
