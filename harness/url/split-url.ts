/** A URL as somebody wrote it, taken apart and not judged. */
export interface UrlParts {
  /** In lower case; undefined where nothing stands before a `://`. */
  readonly scheme: string | undefined;
  /** As written, percent-encoded or not; undefined where there is no `@`. */
  readonly userinfo: string | undefined;
  /** Without the brackets of an IPv6 address; empty where none is named. */
  readonly host: string;
  /** As written, which need not be a number; undefined where there is no colon. */
  readonly port: string | undefined;
  /** Path, query and fragment: all from the first `/`, `?` or `#` on. */
  readonly rest: string;
}

const URL_SHAPE = /^(?:([^:/?#]*):\/\/)?([^/?#]*)(.*)$/s;
const HOST_AND_PORT = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s;

/**
 * Takes apart what a person wrote for a URL, with or without a scheme. It never throws: text that is no URL has parts, too,
 * and whoever reads them decides what is wrong with them.
 *
 * The authority lies between `://` and the first `/`, `?` or `#` (RFC 3986 section 3.2). Userinfo ends at its last `@`: the
 * RFC wants an `@` in it encoded (section 3.2.1), people forget that, and most programs read it so. A port follows a colon
 * and may be empty (section 3.2.3); the colons of an IPv6 address are told from it by brackets (section 3.2.2).
 */
export function splitUrl(text: string): UrlParts {
  const [, scheme, authority = '', rest = ''] = URL_SHAPE.exec(text) ?? [];
  const at = authority.lastIndexOf('@');
  const [, bracketed, plain = '', port] = HOST_AND_PORT.exec(authority.slice(at + 1)) ?? [];
  return {
    scheme: scheme?.toLowerCase(),
    userinfo: at < 0 ? undefined : authority.slice(0, at),
    host: bracketed ?? plain,
    port,
    rest,
  };
}
