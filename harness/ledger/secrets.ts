import { createHash } from 'node:crypto';
import { percentEncode } from '../url/index.ts';

/** A secret in place of which the ledger writes `«name»`. */
interface Secret {
  readonly name: string;
  readonly forms: readonly string[];
}

const SENSITIVE_HEADERS =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-registry-(auth|config)|(private|job|runner|deploy)-token)$/i;
// The scheme is bounded: without that, a long word would cost the square of its length.
const URL_USERINFO = /([a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/@"'<>«»]+)@/gi;
const NAMED_VALUE =
  /("?\b(?:token|password|passwd|secret|authorization|private_token|job_token)"?\s*[:=]\s*"?)(?!«)([^\s"'&,}«]{4,})/gi;
// A challenge has the same scheme, but `realm=` behind it.
const BASIC_CREDENTIALS = /\b(Basic\s+)(?!realm=)([A-Za-z0-9+/]{4,}={0,2})/g;

/** So many characters of a secret at the end of a cut text are taken for its beginning. */
const SHORTEST_FRAGMENT = 4;

const mark = (name: string): string => `«${name}»`;

/** A short fingerprint that tells two unknown secrets apart without giving either away. */
const fingerprint = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 8);

const asQuoted = (value: string): string => JSON.stringify(value).slice(1, -1);

/**
 * Knows the secrets of one world and takes them out of everything that is recorded. A known secret becomes its name in
 * guillemets, so a judge can still tell that the right one arrived in the right place; an unknown one becomes a
 * fingerprint.
 */
export class Secrets {
  readonly #secrets: Secret[] = [];
  #pattern: RegExp | undefined;
  readonly #names = new Map<string, string>();
  readonly #listeners: (() => void)[] = [];

  /** How many are known; whatever was redacted with fewer of them may still hold one. */
  get version(): number {
    return this.#secrets.length;
  }

  /** Calls back before each further secret becomes known. */
  beforeNext(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /**
   * @param name what the ledger writes in place of the value, such as `job-token`
   * @param value the secret itself; the empty string is ignored
   * @returns the value, so that a secret is declared where it is made
   */
  add(name: string, value: string): string {
    if (value === '') return value;
    const forms = [
      value,
      encodeURIComponent(value),
      encodeURI(value),
      percentEncode(value),
      asQuoted(value),
      asQuoted(asQuoted(value)),
    ];
    if (value.length >= 6) forms.push(Buffer.from(value).toString('base64').replace(/=+$/, ''));
    this.#declare({ name, forms: [...new Set(forms)] });
    return value;
  }

  /**
   * Declares a pair of credentials: the password is a secret, and `user:password` in Basic form has a name of its own.
   */
  addCredentials(name: string, user: string, password: string): void {
    this.add(name, `${user}:${password}`);
    this.add(`${name}-password`, password);
    const encoded = Buffer.from(`${user}:${password}`).toString('base64');
    this.#declare({ name, forms: [encoded] });
  }

  /** Takes every secret out of a text. */
  redact(text: string): string {
    let clean = this.#replaceKnown(text);
    // What a pattern cannot do without is looked for first: that costs next to nothing.
    if (clean.includes('Basic')) {
      clean = clean.replace(
        BASIC_CREDENTIALS,
        (_, scheme: string, value: string) => `${scheme}${this.#unknown(value)}`,
      );
    }
    if (clean.includes('://') && clean.includes('@')) {
      clean = clean.replace(URL_USERINFO, (whole, scheme: string, userinfo: string) =>
        userinfo.includes('«') ? whole : `${scheme}${this.#unknown(userinfo)}@`,
      );
    }
    if (!clean.includes(':') && !clean.includes('=')) return clean;
    return clean.replace(NAMED_VALUE, (_, before: string, value: string) => `${before}${this.#unknown(value)}`);
  }

  /** The same for a text that may have been cut, so that a secret may begin at its end and not be whole. */
  redactCut(text: string): string {
    const clean = this.redact(text);
    let end = clean.length;
    const last = clean.at(-1) ?? '';
    for (const { forms } of this.#secrets) {
      for (const form of forms) {
        // Only a beginning that ends as the text does can be meant; the longest one counts.
        for (let at = form.lastIndexOf(last, form.length - 2); at >= SHORTEST_FRAGMENT - 1; ) {
          if (clean.endsWith(form.slice(0, at + 1))) {
            end = Math.min(end, clean.length - at - 1);
            break;
          }
          at = form.lastIndexOf(last, at - 1);
        }
      }
    }
    return end === clean.length ? clean : `${clean.slice(0, end)}${mark('cut')}`;
  }

  /** Takes the secret out of one header; a sensitive header keeps nothing but its scheme and a name. */
  redactHeader(name: string, value: string): string {
    const clean = this.redact(value);
    if (!SENSITIVE_HEADERS.test(name)) return clean;
    if (/^([A-Za-z-]+ )?«[^»]+»$/.test(clean)) return clean;
    const scheme = /^(basic|bearer|digest|ntlm|negotiate)\b/i.exec(value)?.[0];
    if (scheme?.toLowerCase() === 'digest') return clean.replace(/(response|cnonce|nonce)="[^"]*"/g, '$1="«digest»"');
    return scheme ? `${scheme} ${this.#unknown(value)}` : this.#unknown(value);
  }

  #declare(secret: Secret): void {
    for (const listener of this.#listeners) listener();
    this.#secrets.push(secret);
    this.#pattern = undefined;
  }

  #unknown(value: string): string {
    return mark(`unknown ${fingerprint(value)}`);
  }

  #replaceKnown(text: string): string {
    if (this.#secrets.length === 0) return text;
    if (!this.#pattern) {
      this.#names.clear();
      for (const { name, forms } of this.#secrets) for (const form of forms) this.#names.set(form, name);
      // Longest first, so that `user:password` wins over the password inside it.
      const forms = [...this.#names.keys()].sort((a, b) => b.length - a.length);
      this.#pattern = new RegExp(forms.map((form) => RegExp.escape(form)).join('|'), 'g');
    }
    return text.replace(this.#pattern, (form) => mark(this.#names.get(form) ?? 'secret'));
  }
}
