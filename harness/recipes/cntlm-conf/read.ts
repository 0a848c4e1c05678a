/** A setting as cntlm takes it. */
export interface CntlmSetting {
  /** Line in the file, from 1. */
  readonly line: number;
  /** In the file's own spelling; cntlm does not tell capitals from small letters. */
  readonly key: string;
  readonly value: string;
  /** Ended at a `#` that nothing separates from it. */
  readonly cutAtHash: boolean;
}

/** A line that cntlm does not take, though it looks as if it should, and why: half a sentence. */
export interface IgnoredLine {
  readonly line: number;
  readonly why: string;
}

/**
 * Reads a cntlm.conf as cntlm 0.92.3 does, which was tried with each of its oddities.
 * Source: cntlm(1), “Configuration”.
 */
export function readCntlmConf(text: string): {
  readonly settings: readonly CntlmSetting[];
  readonly ignored: readonly IgnoredLine[];
} {
  const settings: CntlmSetting[] = [];
  const ignored: IgnoredLine[] = [];
  const lines = text.split('\n');
  // What follows the last line break: nothing in a file that ends with one.
  const rest = lines.pop() ?? '';
  for (const [index, content] of lines.entries()) {
    const line = index + 1;
    const read = readLine(content);
    if (read === undefined) continue;
    if ('why' in read) ignored.push({ line, ...read });
    else settings.push({ line, ...read });
  }
  if (readLine(rest)) ignored.push({ line: lines.length + 1, why: 'it is the last line, and no line break ends it' });
  return { settings, ignored };
}

function readLine(content: string): Omit<CntlmSetting, 'line'> | { why: string } | undefined {
  const text = content.trim();
  if (text === '' || /^[#;[]/.test(text)) return undefined;
  const [, key = '', after = ''] = /^([A-Za-z0-9]*)(.*)$/s.exec(text) ?? [];
  if (key === '') return { why: 'it does not begin with a keyword' };
  const value = after.trimStart();
  if (value === '') return { why: `${key} has no value` };
  if (/^[#;]/.test(value)) return { why: `the value of ${key} begins with the sign of a comment` };
  if (value.startsWith('"')) {
    const end = value.indexOf('"', 1);
    return end < 0
      ? { why: `the value of ${key} begins with a quotation mark, and none ends it` }
      : { key, value: value.slice(1, end), cutAtHash: false };
  }
  const hash = value.indexOf('#');
  if (hash < 0) return { key, value, cutAtHash: false };
  return { key, value: value.slice(0, hash).trimEnd(), cutAtHash: !/\s/.test(value[hash - 1] ?? '') };
}
