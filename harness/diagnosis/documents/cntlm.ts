import { readCntlmConf } from '../../recipes/index.ts';
import type { CntlmDocument, Piece, Reader } from './document.ts';

/** Words that begin lines of a cntlm.conf, and of few other files (cntlm(1), “Configuration”). */
const WORDS =
  /^[ \t]*(Username|Domain|Proxy|Listen|NoProxy|PassNTLMv2|PassNT|PassLM|Auth|Gateway|Allow|Deny|Workstation|NTLMToBasic|Tunnel|SOCKS5Proxy|Pac)[ \t]+\S/gim;
const OF_CNTLM = /^[ \t]*(PassNTLMv2|PassNT|PassLM|NTLMToBasic|SOCKS5Proxy|NoProxy[ \t]+\S)/im;

/** cntlm.conf, of 0.92 and of 0.94. */
export const cntlmReader: Reader = {
  title: 'cntlm.conf',
  knows: ({ path, text }) => {
    const head = text.slice(0, 64 * 1024);
    const words = new Set([...head.matchAll(WORDS)].map(([, word = '']) => word.toLowerCase())).size;
    if (/(^|\/)cntlm[^/]*\.(conf|ini|cfg)(\.\w+)?$/i.test(path) && words >= 1) return 3;
    return words >= 3 || (words >= 2 && OF_CNTLM.test(head)) ? 1 : 0;
  },
  read: (piece) => [document(piece)],
};

function document(piece: Piece): CntlmDocument {
  const { file, text, skipped } = piece;
  const lines = text.split('\n');
  const { settings } = readCntlmConf(text);
  const last = lines.at(-1) ?? '';
  const rest = last.trim();
  return {
    kind: 'cntlm',
    piece,
    settings: settings.map(({ line, key, value, cutAtHash }) => ({
      file,
      line: skipped + line,
      key: key.toLowerCase(),
      value,
      written: lines[line - 1] ?? '',
      cutAtHash,
    })),
    unreadLast: rest !== '' && !/^[#;[]/.test(rest) ? { file, line: skipped + lines.length } : undefined,
  };
}
