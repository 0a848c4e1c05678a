import { canonical, isEscaped } from './canonical.ts';
import type { Finder } from './finder.ts';
import { BASE64, HEX, type Run, runsOf } from './runs.ts';
import type { SecretSpot } from './view.ts';

/** Four characters of Base64 (RFC 4648 sections 4 and 5) are three bytes, so a run can begin at four places in a group. */
const BASE64_STARTS = [0, 1, 2, 3];
/** Two hexadecimal digits are a byte. */
const HEX_STARTS = [0, 1];

/** Base64 in Base64, such as a login in a configuration that is a variable. */
const DEEPEST = 2;

/** Finds secrets inside what is written in Base64, base64url or hexadecimal, whatever else is in there with them. */
export class EncodedFinder {
  readonly #bytes: Finder;
  readonly #canonical: Finder;
  readonly #shortest: number;

  /**
   * @param bytes secrets as bytes, a character each
   * @param canonical secrets in their canonical form
   * @param shortest the least length of a secret, in bytes
   */
  constructor(bytes: Finder, canonical: Finder, shortest: number) {
    this.#bytes = bytes;
    this.#canonical = canonical;
    this.#shortest = shortest;
  }

  /** Every run that holds a secret. */
  find(text: string, depth = DEEPEST): SecretSpot[] {
    const runs = runsOf(text, BASE64, Math.ceil((this.#shortest * 4) / 3));
    if (runs.length === 0) return [];
    return [
      ...this.#among(text, runs, 'base64', BASE64_STARTS, depth),
      ...this.#among(text, runsOf(text, HEX, this.#shortest * 2), 'hex', HEX_STARTS, depth),
    ];
  }

  #among(
    text: string,
    runs: readonly Run[],
    encoding: BufferEncoding,
    starts: readonly number[],
    depth: number,
  ): SecretSpot[] {
    const spans: SecretSpot[] = [];
    for (const { start, end } of runs) {
      for (const skipped of starts) {
        const name = this.#inside(Buffer.from(text.slice(start + skipped, end), encoding).toString('latin1'), depth);
        if (name === undefined) continue;
        spans.push({ start, end, name });
        break;
      }
    }
    return spans;
  }

  #inside(bytes: string, depth: number): string | undefined {
    const found = this.#bytes.first(bytes);
    // What was no Base64 in the first place decodes to noise, in which nothing else is to be looked for.
    if (found !== undefined || NOISE.test(bytes)) return found;
    const escaped = isEscaped(bytes) ? this.#canonical.first(canonical(bytes, true).text) : undefined;
    return escaped ?? (depth > 1 ? this.find(bytes, depth - 1)[0]?.name : undefined);
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of these.
const NOISE = /[\x00-\x08\x0e-\x1f\x7f]/;
