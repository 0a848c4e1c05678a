import { createHash } from 'node:crypto';
import { canonical, isEscaped } from './canonical.ts';
import { Edges } from './edges.ts';
import { EncodedFinder } from './encoded.ts';
import { Finder } from './finder.ts';
import { byteForms, canonicalForms, usualForms } from './forms.ts';
import { withoutUnknown } from './patterns.ts';
import { isWrapped, unwrapped } from './unwrapped.ts';
import { inOriginal, replaceSpans, type SecretSpot } from './view.ts';

/** A secret in place of which the ledger writes `«name»`. */
interface Secret {
  readonly name: string;
  readonly value: string;
  /** Whether the value is an encoded one, which is found as it stands and in no other form. */
  readonly encoded: boolean;
}

/** What is looked for, made of the secrets known now. */
interface Search {
  readonly usual: Finder;
  readonly canonical: Finder;
  readonly encoded: EncodedFinder;
  readonly edges: Edges;
}

const SENSITIVE_HEADERS =
  /^(authorization|proxy-authorization|cookie|set-cookie|x-registry-(auth|config)|(private|job|runner|deploy)-token|x-amz-security-token)$/i;

/**
 * A shorter secret is taken out where it stands as it is, percent-encoded or quoted, and not where it is encoded otherwise: so few
 * bytes stand in many a harmless text. In bytes of UTF-8.
 */
const SHORTEST_ENCODED = 4;

const mark = (name: string): string => `«${name}»`;

/** A short fingerprint that tells two unknown secrets apart without giving either away. */
const fingerprint = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 8);

const unknown = (value: string): string => mark(`unknown ${fingerprint(value)}`);

/**
 * Knows the secrets of one world and takes them out of everything that is recorded. A known secret becomes its name in
 * guillemets, so a judge can still tell that the right one arrived in the right place; an unknown one becomes a
 * fingerprint.
 */
export class Secrets {
  readonly #secrets: Secret[] = [];
  #search: Search | undefined;
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
    if (value !== '') this.#declare({ name, value, encoded: false });
    return value;
  }

  /**
   * Declares a pair of credentials: the password is a secret, and `user:password` in Basic form has a name of its own
   * (RFC 7617 section 2), in UTF-8 and in Latin-1.
   */
  addCredentials(name: string, user: string, password: string): void {
    this.add(name, `${user}:${password}`);
    this.add(`${name}-password`, password);
    for (const bytes of byteForms(`${user}:${password}`)) {
      this.#declare({ name, value: Buffer.from(bytes, 'latin1').toString('base64'), encoded: true });
    }
  }

  /** Takes every secret out of a text. */
  redact(text: string): string {
    return withoutUnknown(this.#withoutKnown(text), unknown);
  }

  /**
   * The same for a text that may be a part of a longer one, so that a secret may begin at its end or end at its beginning
   * and not be whole.
   */
  redactPart(text: string): string {
    const clean = this.redact(text);
    return this.#secrets.length === 0 ? clean : this.#known().edges.clean(clean, mark('cut'));
  }

  /** Takes the secret out of one header; a sensitive header keeps nothing but its scheme and a name. */
  redactHeader(name: string, value: string): string {
    const clean = this.redact(value);
    if (!SENSITIVE_HEADERS.test(name)) return clean;
    if (/^([A-Za-z-]+ )?«[^»]+»$/.test(clean)) return clean;
    const scheme = /^(basic|bearer|digest|ntlm|negotiate)\b/i.exec(value)?.[0];
    if (scheme?.toLowerCase() === 'digest') return clean.replace(/(response|cnonce|nonce)="[^"]*"/g, '$1="«digest»"');
    return scheme ? `${scheme} ${unknown(value)}` : unknown(value);
  }

  #declare(secret: Secret): void {
    for (const listener of this.#listeners) listener();
    this.#secrets.push(secret);
    this.#search = undefined;
  }

  #withoutKnown(text: string): string {
    if (this.#secrets.length === 0) return text;
    const clean = this.#known().usual.replace(text, mark);
    const spans = this.#escaped(clean);
    if (isWrapped(clean)) {
      const view = unwrapped(clean);
      const inside = [...this.#known().usual.find(view.text), ...this.#escaped(view.text)];
      spans.push(...inside.map((span) => inOriginal(view, span)));
    }
    return spans.length === 0 ? clean : replaceSpans(clean, spans, mark);
  }

  /** Where secrets stand in other than their usual forms. */
  #escaped(text: string): SecretSpot[] {
    const search = this.#known();
    const spans = search.encoded.find(text);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a text of ASCII alone has one form.
    if (!isEscaped(text) && /^[\x00-\x7f]*$/.test(text)) return spans;
    const view = canonical(text);
    const inside = [...search.canonical.find(view.text), ...(isEscaped(text) ? search.encoded.find(view.text) : [])];
    spans.push(...inside.map((span) => inOriginal(view, span)));
    return spans;
  }

  #known(): Search {
    this.#search ??= makeSearch(this.#secrets);
    return this.#search;
  }
}

function makeSearch(secrets: readonly Secret[]): Search {
  const [usual, canonicals, bytes] = [new Map<string, string>(), new Map<string, string>(), new Map<string, string>()];
  for (const { name, value, encoded } of secrets) {
    const forms = encoded ? [value] : usualForms(value);
    for (const form of forms) usual.set(form, name);
    if (encoded || Buffer.byteLength(value) < SHORTEST_ENCODED) continue;
    for (const form of canonicalForms(value)) canonicals.set(form, name);
    for (const form of byteForms(value)) bytes.set(form, name);
  }
  const canonicalFinder = new Finder(canonicals);
  const shortest = Math.min(...[...bytes.keys()].map((each) => each.length));
  return {
    usual: new Finder(usual),
    canonical: canonicalFinder,
    encoded: new EncodedFinder(
      new Finder(bytes),
      canonicalFinder,
      Number.isFinite(shortest) ? shortest : SHORTEST_ENCODED,
    ),
    edges: new Edges(usual.keys()),
  };
}
