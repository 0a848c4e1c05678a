import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';

/** Makes a check against a schema that somebody publishes. @returns what does not fit, a line each */
export function published(name: 'gitlab-ci' | 'github-action'): (document: unknown) => string[] {
  const schema = JSON.parse(readFileSync(new URL(`./fixtures/${name}.schema.json`, import.meta.url), 'utf8'));
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  const fits = ajv.compile(schema);
  return (document) =>
    fits(document) ? [] : (fits.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
