import type { Document } from '../../diagnosis/documents/document.ts';
import { percentEncode } from '../../url/index.ts';

/** Percent-encoded as a file of this kind has it: in a unit a percent sign begins a specifier (systemd.unit(5)), and is doubled. */
export function encodedFor({ kind }: Document, text: string): string {
  const encoded = percentEncode(text);
  return kind === 'unit' ? encoded.replaceAll('%', '%%') : encoded;
}
