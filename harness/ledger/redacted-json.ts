import type { Header } from './event.ts';
import { bodyRecord } from './exchange/body-meter.ts';
import { headerPairs, parseResponse, type ResponseHead } from './exchange/head.ts';
import { Recent } from './recent.ts';
import type { Secrets } from './secrets.ts';

/** Texts up to this length are remembered with what became of them, so many at a time: peers say the same over and over. */
const REMEMBERED_LENGTH = 2048;
const REMEMBERED_TEXTS = 1000;
/** Shorter texts are never cut: peers keep at least so many characters of a body or a line. */
const CUT_LENGTH = 1024;

/** Fields that peers fill from fixed words and digests only. */
const FREE_OF_SECRETS = new Set([
  'kind',
  'case',
  'peer',
  'sha256',
  'exchange',
  'connection',
  'process',
  'via',
  'madeBy',
  'requestKind',
]);

/** Writes what peers recorded as JSON, without the secrets of one world. */
export class RedactedJson {
  readonly #secrets: Secrets;
  readonly #texts = new Map<string, string>();
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
      text += `${JSON.stringify(key)}:${FREE_OF_SECRETS.has(key) ? JSON.stringify(value) : this.#field(value)}`;
    }
    return text;
  }

  /** A text. */
  text(text: string): string {
    if (text.length > REMEMBERED_LENGTH) return JSON.stringify(this.#secrets.redact(text));
    this.#lookAgain();
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const json = JSON.stringify(this.#secrets.redact(text));
    if (this.#texts.size >= REMEMBERED_TEXTS) this.#texts.clear();
    this.#texts.set(text, json);
    return json;
  }

  /** A text that may have been cut, so that a secret may begin at its end and not be whole. */
  textCut(text: string): string {
    return text.length >= CUT_LENGTH ? JSON.stringify(this.#secrets.redactCut(text)) : this.text(text);
  }

  /** One header. */
  header(name: string, value: string): string {
    return `[${JSON.stringify(name)},${JSON.stringify(this.#secrets.redactHeader(name, value))}]`;
  }

  /** A list of headers, flat or in pairs. */
  headers(headers: readonly string[] | readonly Header[]): string {
    if (!isFlat(headers)) return `[${headers.map(([name, value]) => this.header(name, value)).join(',')}]`;
    this.#lookAgain();
    return this.#headers.of(headers, () => this.headers(headerPairs(headers)));
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
        text: text === undefined ? '' : `,"text":${this.textCut(text)}`,
      };
    });
  }

  #field(value: unknown): string {
    return typeof value === 'string' ? this.textCut(value) : this.#value(value);
  }

  #value(value: unknown): string {
    if (typeof value === 'string') return this.text(value);
    if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
    if (!Array.isArray(value)) return `{${this.fields(value)}}`;
    if (isHeader(value)) return this.header(value[0], value[1]);
    return `[${value.map((each) => this.#value(each)).join(',')}]`;
  }

  /** Forgets what was remembered with fewer secrets. */
  #lookAgain(): void {
    if (this.#version === this.#secrets.version) return;
    for (const remembered of [this.#texts, this.#headers, this.#heads, this.#bodies]) remembered.clear();
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

const isHeader = (value: unknown[]): value is [string, string] =>
  value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'string';
