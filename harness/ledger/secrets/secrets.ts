import { createHash } from 'node:crypto';
import { canonical, canonicalText, isEscaped } from './canonical.ts';
import { Edges } from './edges.ts';
import { EncodedFinder } from './encoded.ts';
import { byteForms, canonicalForms, cutForms, usualForms } from './forms.ts';
import { Glances, runIn, SEEN } from './glance.ts';
import { withoutNamed, withoutNamedVariable, withoutNamedWord } from './named.ts';
import { Needles } from './needles.ts';
import { withoutUnknown } from './patterns.ts';
import { unwrapped, unwrappedText } from './unwrapped.ts';
import { inOriginal, replaceSpots, type SecretSpot } from './view.ts';

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
  readonly #glances = new Glances();
  readonly #usual = new Needles();
  readonly #canonical = new Needles();
  readonly #encoded = new EncodedFinder();
  readonly #edges = new Edges();
  #version = 0;
  readonly #listeners: (() => void)[] = [];

  /** How many are known; whatever was redacted with fewer of them may still hold one. */
  get version(): number {
    return this.#version;
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
    this.#add(name, value);
    this.#mayBeCut(cutForms(value));
    return value;
  }

  #add(name: string, value: string): void {
    if (value === '') return;
    this.#declare(usualForms(value), name);
    if (Buffer.byteLength(value) < SHORTEST_ENCODED) return;
    for (const form of canonicalForms(value)) this.#canonical.add(form, name);
    this.#encoded.add(value, name);
  }

  /**
   * Declares a pair of credentials: the password is a secret, and `user:password` in Basic form has a name of its own
   * (RFC 7617 section 2), in UTF-8 and in Latin-1.
   */
  addCredentials(name: string, user: string, password: string): void {
    // Of the pair nothing is taken off an edge: what a cut has left of it may be the user's name, which is no secret.
    this.#add(name, `${user}:${password}`);
    this.add(`${name}-password`, password);
    const encoded = byteForms(`${user}:${password}`).map((bytes) => Buffer.from(bytes, 'latin1').toString('base64'));
    this.#declare(encoded, name);
    this.#mayBeCut(encoded);
  }

  /** Takes every secret out of a text. */
  redact(text: string): string {
    return this.#redact(text, this.#glances.at(text));
  }

  /**
   * The same for a text that may be a part of a longer one, so that a secret may begin at its end or end at its beginning
   * and not be whole.
   */
  redactPart(text: string): string {
    const glance = this.#glances.at(text);
    const clean = this.#redact(text, glance);
    if (this.#version === 0) return clean;
    return this.#edges.clean(clean, mark('cut'), (glance & (SEEN.edge | SEEN.escape)) !== 0);
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

  /** Takes the secret out of a value that has a name; a name such as `password` says by itself that the value is one. */
  redactNamed(name: string, value: string): string {
    return this.#named(value, (known) => withoutNamed(name, known, unknown));
  }

  /** The same for a variable, written `NAME=value`. */
  redactVariable(entry: string): string {
    return this.#named(entry, (known) => withoutNamedVariable(known, unknown));
  }

  /** Takes secrets out of the words of a command; one may be split over several of them. */
  redactWords(words: readonly string[]): string[] {
    return words.map((word, nth) => {
      const clean = this.#named(word, (known) => withoutNamedWord(words[nth - 1] ?? '', known, unknown));
      return clean === word ? this.redactPart(word) : clean;
    });
  }

  /** A name tells where a secret ends, so it counts before any pattern. */
  #named(text: string, named: (known: string) => string): string {
    const glance = this.#glances.at(text);
    return this.#withoutUnknown(named(this.#version === 0 ? text : this.#withoutKnown(text, glance)), glance);
  }

  #declare(forms: readonly string[], name: string): void {
    for (const listener of this.#listeners) listener();
    this.#version++;
    for (const form of forms) {
      this.#usual.add(form, name);
      this.#glances.add(form, 'form');
    }
  }

  #mayBeCut(forms: readonly string[]): void {
    for (const form of forms) {
      this.#edges.add(form);
      this.#glances.add(form, 'edge');
    }
  }

  #redact(text: string, glance: number): string {
    return this.#withoutUnknown(this.#version === 0 ? text : this.#withoutKnown(text, glance), glance);
  }

  #withoutUnknown(text: string, glance: number): string {
    return withoutUnknown(text, unknown, (glance & SEEN.name) !== 0);
  }

  #withoutKnown(text: string, glance: number): string {
    const usual = glance & SEEN.form ? this.#usual.find(text) : [];
    // What is left is looked at again, so that of a long run of characters no more is taken than must be.
    return usual.length === 0 ? this.#withoutOthers(text, glance) : this.#withoutUsual(text, usual);
  }

  #withoutUsual(text: string, usual: readonly SecretSpot[]): string {
    const clean = replaceSpots(text, usual, mark);
    return this.#withoutOthers(clean, this.#glances.at(clean));
  }

  #withoutOthers(text: string, glance: number): string {
    if (runIn(glance) < this.#encoded.least && (glance & (SEEN.escape | SEEN.other | SEEN.line)) === 0) return text;
    const spots = this.#escaped(text, glance);
    if (glance & SEEN.line) {
      const line = unwrappedText(text);
      const inside = [...this.#usual.find(line), ...this.#escaped(line, this.#glances.at(line))];
      if (inside.length > 0) {
        const view = unwrapped(text);
        spots.push(...inside.map((spot) => inOriginal(view, spot)));
      }
    }
    return spots.length === 0 ? text : replaceSpots(text, spots, mark);
  }

  /** Where secrets stand in other than their usual forms. */
  #escaped(text: string, glance: number): SecretSpot[] {
    const spots = runIn(glance) < this.#encoded.least ? [] : this.#encoded.find(text);
    const escaped = (glance & SEEN.escape) !== 0 && isEscaped(text);
    // A text of ASCII alone has one form.
    if (!escaped && (glance & SEEN.other) === 0) return spots;
    const plain = canonicalText(text);
    const inside = [...this.#canonical.find(plain), ...(escaped ? this.#encoded.find(plain) : [])];
    if (inside.length === 0) return spots;
    const view = canonical(text);
    spots.push(...inside.map((spot) => inOriginal(view, spot)));
    return spots;
  }
}
