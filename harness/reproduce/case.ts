import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';
import type { Bundle } from '../diagnosis/bundle/bundle.ts';
import { textOf } from '../diagnosis/bundle/text-of.ts';
import { misfit } from '../schema/index.ts';
import { elsewhereSchema } from './plan/elsewhere.ts';
import { readOverrides, SCHEMES } from './plan/overrides.ts';
import type { Settings } from './plan/plan.ts';
import type { PlanOptions } from './plan/read.ts';

/** A case's file: see {@link readCase}. */
const caseSchema = z.strictObject({
  proxyproof: z.literal(1),
  proxy: z.enum(SCHEMES).exactOptional(),
  set: z.record(z.string(), z.union([z.string(), z.boolean()])).exactOptional(),
  elsewhere: elsewhereSchema.exactOptional(),
  files: z.record(z.string(), z.string()),
});

/** A case that was written down, to be run again. */
export interface WrittenCase extends Pick<PlanOptions, 'elsewhere'> {
  readonly bundle: Bundle;
  /** What counts in place of what the files say. */
  readonly set: Settings;
}

const NAMES_ITSELF = /^proxyproof:/m;

/**
 * Reads a case's file, where a bundle is one: what counts in place of what the files say, what no file shows, and the files by their
 * paths.
 * @returns undefined for any other bundle
 * @throws RangeError in a sentence, for one that is not as it should be
 */
export function readCase({ files }: Bundle): WrittenCase | undefined {
  const [file, ...others] = files;
  const text = file && textOf(file.bytes);
  if (!file || others.length > 0 || text === undefined || !/\.ya?ml$/i.test(file.name) || !NAMES_ITSELF.test(text))
    return undefined;
  const read = parsed(file.name, text);
  const wrong = misfit(caseSchema, read, file.name);
  if (wrong) throw new RangeError(`${wrong.says}.`);
  const { proxy, set: given = {}, elsewhere, files: texts } = read as z.infer<typeof caseSchema>;
  const set = {
    ...(proxy === undefined ? {} : { 'proxy.auth': proxy }),
    ...Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)])),
  };
  checkSet(set, file.name);
  const named = Object.entries(texts).map(([name, content]) => ({ name, bytes: Buffer.from(content) }));
  return { bundle: { files: named, unread: [] }, set, ...(elsewhere ? { elsewhere } : {}) };
}

function checkSet(set: Settings, name: string): void {
  try {
    readOverrides(set);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`set of ${name} is not as it must be. ${error.message}`);
  }
}

function parsed(name: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    const [reason = ''] = error.message.split('\n');
    throw new RangeError(`${name} is no YAML: ${reason.replace(/:$/, '')}.`);
  }
}
