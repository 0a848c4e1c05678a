import type { Header } from './event.ts';
import { bodyRecord } from './exchange/body-meter.ts';
import { headerPairs, parseResponse, type ResponseHead } from './exchange/head.ts';
import { kindOf } from './field-kinds.ts';
import { Recent } from './recent.ts';
import type { Secrets } from './secrets/secrets.ts';

/** Texts up to this length are remembered with what became of them, so many at a time: peers say the same over and over. */
const REMEMBERED_LENGTH = 2048;
const REMEMBERED_TEXTS = 1000;

/** Writes what peers recorded as JSON, without the secrets of one world. */
export class RedactedJson {
  readonly #secrets: Secrets;
  readonly #texts = new Map<string, string>();
  readonly #parts = new Map<string, string>();
  readonly #headers = new Recent<readonly string[], string>(sameTexts);
  readonly #heads = new Recent<string, string>((one, other) => one === other);
  readonly #bodies = new Recent<Buffer, BodyJson>((one, other) => one.equals(other));
  #version = -1;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** How many secrets are known; whatever was remembered with fewer of them must be looked at again. */
  get version(): number {
    return this.#secrets.version;
  }

  /** The fields of an object, without the braces around them. */
  fields(object: object): string {
    const from = object as Readonly<Record<string, unknown>>;
    let text = '';
    for (const key of Object.keys(from)) {
      const value = from[key];
      if (value === undefined) continue;
      if (text !== '') text += ',';
      text += `${JSON.stringify(key)}:${this.#field(key, value)}`;
    }
    return text;
  }

  /** A text. */
  text(text: string): string {
    return this.#remembered(this.#texts, text, (whole) => this.#secrets.redact(whole));
  }

  /** A text that may be a part of a longer one, so that a secret may begin at its end and not be whole. */
  part(text: string): string {
    return this.#remembered(this.#parts, text, (part) => this.#secrets.redactPart(part));
  }

  /** One header. */
  header(name: string, value: string): string {
    return `[${this.text(name)},${JSON.stringify(this.#secrets.redactHeader(name, value))}]`;
  }

  /** A list of headers, flat or in pairs. */
  headers(headers: readonly string[] | readonly Header[]): string {
    if (!isFlat(headers)) return `[${headers.map((each, nth) => this.#headerAmong(headers, each, nth)).join(',')}]`;
    this.#lookAgain();
    return this.#headers.of(headers, () => this.headers(headerPairs(headers)));
  }

  #headerAmong(headers: readonly Header[], [name, value]: Header, nth: number): string {
    if (!/^[ \t]/.test(name)) return this.header(name, value);
    // A line that goes on with the one before (RFC 9112 section 5.2) is a part of its value.
    const whole = headers.slice(0, nth).findLast(([each]) => !/^[ \t]/.test(each))?.[0] ?? '';
    return `[${JSON.stringify(this.#secrets.redactHeader(whole, name))},${this.part(value)}]`;
  }

  /** The fields of an answer's head. */
  head(head: string | ResponseHead): string {
    if (typeof head !== 'string') {
      return `"status":${head.status},"reason":${this.text(head.reason)},"headers":${this.headers(head.headers)}`;
    }
    this.#lookAgain();
    return this.#heads.of(head, () => this.head(parseResponse(head)?.head ?? NO_HEAD));
  }

  /** The fields of a short body's record, but for whether it is complete. */
  body(body: Buffer): BodyJson {
    this.#lookAgain();
    return this.#bodies.of(body, () => {
      const { bytes, sha256, text } = bodyRecord(body);
      return {
        measure: `"bytes":${bytes},"sha256":"${sha256}"`,
        text: text === undefined ? '' : `,"text":${this.part(text)}`,
      };
    });
  }

  #field(key: string, value: unknown): string {
    const kind = kindOf(key);
    if (kind === 'own') return JSON.stringify(value);
    if (typeof value === 'string') return kind === 'part' ? this.part(value) : this.text(value);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (!Array.isArray(value)) {
      return kind === 'named' || kind === 'words'
        ? this.#strangers(value, kind === 'named')
        : `{${this.fields(value)}}`;
    }
    if (kind === 'headers') return this.headers(value as readonly Header[]);
    const texts = value as readonly string[];
    if (kind === 'arguments') return JSON.stringify(this.#secrets.redactWords(texts));
    if (kind === 'environment') return JSON.stringify(texts.map((each) => this.#secrets.redactVariable(each)));
    return `[${texts.map((each) => this.text(each)).join(',')}]`;
  }

  /** Both keys and values may be anything here. */
  #strangers(object: object, namesTell: boolean): string {
    const pairs = Object.entries(object).filter(([, value]) => value !== undefined);
    const value = (name: string, of: unknown): string => {
      if (typeof of !== 'string') return JSON.stringify(of);
      return namesTell ? JSON.stringify(this.#secrets.redactNamed(name, of)) : this.text(of);
    };
    return `{${pairs.map(([name, of]) => `${this.text(name)}:${value(name, of)}`).join(',')}}`;
  }

  #remembered(texts: Map<string, string>, text: string, redact: (text: string) => string): string {
    if (text.length > REMEMBERED_LENGTH) return JSON.stringify(redact(text));
    this.#lookAgain();
    const known = texts.get(text);
    if (known !== undefined) return known;
    const json = JSON.stringify(redact(text));
    if (texts.size >= REMEMBERED_TEXTS) texts.clear();
    texts.set(text, json);
    return json;
  }

  /** Forgets what was remembered with fewer secrets. */
  #lookAgain(): void {
    if (this.#version === this.#secrets.version) return;
    for (const remembered of [this.#texts, this.#parts, this.#headers, this.#heads, this.#bodies]) remembered.clear();
    this.#version = this.#secrets.version;
  }
}

/** What comes before and after whether a body is complete. */
interface BodyJson {
  readonly measure: string;
  readonly text: string;
}

const NO_HEAD: ResponseHead = { status: 0, reason: '', headers: [] };

const isFlat = (headers: readonly string[] | readonly Header[]): headers is readonly string[] =>
  typeof headers[0] === 'string';

function sameTexts(one: readonly string[], other: readonly string[]): boolean {
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}
