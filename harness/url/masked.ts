/** Where the last @ is, or what stands for one in a URL; negative where none is. */
const lastAt = (text: string): number => Math.max(text.lastIndexOf('@'), text.lastIndexOf('%40'));
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** What may stand before a URL in one word: names, as in `Environment="HTTP_PROXY=`, quotation marks, brackets; and a diff's sign before all. */
const BEFORE = /^[+-]?(?:["'“‘(<[{]|[\w-]+[=:](?!\/\/)["']?(?=(?:[\w-]+=["']?)?[a-z][a-z0-9+.-]*:\/\/))*/i;
/** A place in a file system, in which an @ is no more than a letter; one with a colon may be a URL that was taken for a path. */
const isPath = (word: string): boolean => /^(?:~?\/|\.{1,2}\/)/.test(word) && !word.includes(':');
/** What stands before the host may be a user or a password. */
const CREDENTIALS = /(?:@|%40)\S/i;
/** Nothing more to take away. */
const MASKED = /^(?:«[^»]*»|…|:)*$/;

/**
 * What may be a URL, without anything that may be user or password: all before its last @, however it is written. People
 * forget to encode an @, a slash or a space in a password, so where userinfo ends by RFC 3986 is no help.
 * @param mark says what stands in its place
 */
export function maskedUrl(text: string, mark: (userinfo: string) => string = () => '…'): string {
  const at = lastAt(text);
  if (at < 0) return text;
  const scheme = SCHEME.exec(text)?.[0] ?? '';
  if (at < scheme.length || MASKED.test(text.slice(scheme.length, at))) return text;
  return `${scheme}${mark(text.slice(scheme.length, at))}@${text.slice(at + (text[at] === '@' ? 1 : 3))}`;
}

/** All before the last @ of what may be a URL, without its scheme; undefined where nothing is to be masked. */
export function maybeUserinfo(text: string): string | undefined {
  if (maskedUrl(text) === text || isPath(text)) return undefined;
  return text.slice(0, Math.max(0, lastAt(text))).replace(SCHEME, '');
}

/** A text for people, in which every word that may be a URL with a user or a password is masked. */
export function maskedText(text: string): string {
  if (!CREDENTIALS.test(text)) return text;
  // A word is looked at once: to begin at each of its letters would take long for a long one.
  return text.replace(/\S+/g, (word) => {
    if (!CREDENTIALS.test(word)) return word;
    const before = BEFORE.exec(word)?.[0] ?? '';
    const rest = word.slice(before.length);
    return isPath(rest) || /^(?:@|%40)/i.test(rest) ? word : before + maskedUrl(rest);
  });
}
