import { expect, it } from 'vitest';
import { Secrets } from '../../harness/ledger/index.ts';
import { randomNumbers } from '../fuzz.ts';
import { ENCODINGS } from './_secrets.ts';

const RUNS = 2000;

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const SPECIAL = `${LETTERS}-_.~!@#$%^&*()+={}[]|:;"'<>,?/\\ äöüéß`;

it(`whatever stands around a secret, it is found (${RUNS} random ones)`, () => {
  const next = randomNumbers(20_261_127);
  const among = (characters: string, length: number): string =>
    Array.from({ length }, () => characters[next(characters.length)] ?? '').join('');
  const names = Object.keys(ENCODINGS);
  for (let run = 0; run < RUNS; run++) {
    const secret = among(next(2) === 0 ? LETTERS : SPECIAL, 8 + next(30));
    const name = names[next(names.length)] ?? '';
    // The dots keep it from making an escape with what is next to it, such as %1 and f.
    const form = ENCODINGS[name]?.(`${among(SPECIAL, next(8))}.${secret}.${among(SPECIAL, next(8))}`) ?? '';
    const secrets = new Secrets();
    secrets.addCredentials('other', among(LETTERS, 5), among(LETTERS, 12));
    secrets.add('planted', secret);
    const text = `see ${form} here`;
    expect(secrets.redact(text), `${JSON.stringify(secret)} as ${name}: ${text}`).toContain('«planted»');
  }
});

it('random ids, digests and words stay as they are', () => {
  const next = randomNumbers(7);
  const secrets = new Secrets();
  secrets.addCredentials('proxy-credentials', 'alice', 'p@ss w0rd');
  secrets.add('job-token', 'glcbt-64_x7PqLmN2vR9sT4wY');
  secrets.add('object-storage-signature', 'deadbeefcafe0123');
  for (let run = 0; run < RUNS; run++) {
    const bytes = Buffer.from(Array.from({ length: 4 + next(60) }, () => next(256)));
    for (const text of [bytes.toString('hex'), bytes.toString('base64'), bytes.toString('base64url')]) {
      expect(secrets.redactPart(`id ${text}.`)).toBe(`id ${text}.`);
    }
  }
});
