import { canonicalText, isEscaped } from './canonical.ts';
import { byteForms, canonicalForms } from './forms.ts';
import { Needles } from './needles.ts';
import { Beginnings, promisingStarts } from './promising.ts';
import { type Alphabet, BASE64, HEX, type Run, runsOf } from './runs.ts';
import type { SecretSpot } from './view.ts';

/** Base64 in Base64, such as a login in a configuration that is a variable. */
const DEEPEST = 2;

/** Finds secrets inside what is written in Base64, base64url or hexadecimal, whatever else is in there with them. */
export class EncodedFinder {
  readonly #bytes = new Needles();
  readonly #canonical = new Needles();
  readonly #beginnings = new Beginnings();
  /** The least length of a secret, in bytes. */
  #shortest = Number.POSITIVE_INFINITY;

  add(value: string, name: string): void {
    for (const form of canonicalForms(value)) this.#canonical.add(form, name);
    for (const form of byteForms(value)) {
      this.#bytes.add(form, name);
      this.#beginnings.add(form);
      this.#shortest = Math.min(this.#shortest, form.length);
    }
  }

  /** How many characters a run must have to hold a secret. */
  get least(): number {
    return Math.ceil((this.#shortest * 4) / 3);
  }

  /** Every run that holds a secret. */
  find(text: string, depth = DEEPEST): SecretSpot[] {
    const runs = text.length < this.least ? [] : runsOf(text, BASE64, this.least);
    if (runs.length === 0) return [];
    return [
      ...this.#among(text, runs, BASE64, depth),
      ...this.#among(text, runsOf(text, HEX, this.#shortest * 2), HEX, depth),
    ];
  }

  #among(text: string, runs: readonly Run[], alphabet: Alphabet, depth: number): SecretSpot[] {
    const spots: SecretSpot[] = [];
    for (const run of runs) {
      const worth = promisingStarts(text, run, alphabet, this.#beginnings, this.least);
      for (let start = 0; worth >> start > 0; start++) {
        if (((worth >> start) & 1) === 0) continue;
        const name = this.#inside(decoded(text, run, start, alphabet), depth);
        if (name === undefined) continue;
        spots.push({ ...run, name });
        break;
      }
    }
    return spots;
  }

  #inside({ whole, lost }: Decoded, depth: number): string | undefined {
    const found = this.#bytes.next(whole, 0);
    const bytes = whole.slice(lost);
    // What was no Base64 in the first place decodes to noise, in which nothing else is to be looked for.
    if (found || NOISE.test(bytes)) return found?.name;
    const escaped = isEscaped(bytes) ? this.#canonical.next(canonicalText(bytes, true), 0) : undefined;
    return (escaped ?? (depth > 1 ? this.find(bytes, depth - 1)[0] : undefined))?.name;
  }
}

interface Decoded {
  /** Bytes, a character each. */
  readonly whole: string;
  /** So many at the beginning are not whole, because the run begins in the middle of a group. */
  readonly lost: number;
}

/** @param start how many characters of the run belong to a group whose beginning is not there */
function decoded(text: string, run: Run, start: number, { bits, encoding }: Alphabet): Decoded {
  // Of a group that is not whole, too, the last bytes are: a line may have been cut there.
  const lost = bits === 6 && start > 0 ? 4 - start : 0;
  const written = lost > 0 ? 'A'.repeat(lost) + text.slice(run.start, run.end) : text.slice(run.start + start, run.end);
  return { whole: Buffer.from(written, encoding).toString('latin1'), lost };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: text has none of these.
const NOISE = /[\x00-\x08\x0e-\x1f\x7f]/;
