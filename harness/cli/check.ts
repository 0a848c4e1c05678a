import { resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../conformance/errors.ts';
import { type Bundle, diagnose, openBundle, textOf } from '../diagnosis/index.ts';
import { UnfitFile } from '../files/index.ts';
import { diagnosisAsJson } from '../report/diagnosis/as-json.ts';
import { diagnosisAsText } from '../report/diagnosis/as-text.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { print } from './print.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const flag = z.boolean().default(false);

const options = {
  json: { says: 'prints what was found as JSON', schema: flag },
  notes: { says: 'shows notes, too: what is true and worth a line', schema: flag },
} as const;

/** `proxyproof check`. */
export const check = verb({
  options,
  examples: [
    'check customer/',
    'check /etc/gitlab-runner/config.toml /etc/systemd/system/gitlab-runner.service.d/http-proxy.conf',
  ],
  act,
});

async function act({ args, options: given, terminal }: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const bundle = merged(await Promise.all(args.map((arg) => opened(terminal.cwd, arg, args.length > 1))));
  const diagnosis = diagnose(bundle);
  const texts = new Map(bundle.files.map(({ name, bytes }) => [name, bytes]));
  const text = given.json
    ? `${JSON.stringify(diagnosisAsJson(diagnosis), null, 2)}\n`
    : diagnosisAsText(diagnosis, {
        notes: given.notes,
        linesOf: (file) => {
          const bytes = texts.get(file);
          return bytes && textOf(bytes)?.split(/\r?\n/);
        },
      });
  print(terminal.stdout, text);
  if (diagnosis.read.length === 0) return EXIT.usage;
  return diagnosis.findings.some(({ severity }) => severity !== 'note') ? EXIT.unexpected : EXIT.ok;
}

async function opened(cwd: string, path: string, several: boolean): Promise<Bundle> {
  try {
    const bundle = await openBundle(resolve(cwd, path));
    // Of several the names must tell which is meant.
    if (!several) return bundle;
    const [only] = bundle.files;
    if (bundle.files.length === 1 && only) return { ...bundle, files: [{ ...only, name: path }] };
    return { ...bundle, files: bundle.files.map((each) => ({ ...each, name: `${path}/${each.name}` })) };
  } catch (error) {
    if (error instanceof UnfitFile) throw new UsageError(`${path} cannot be read: it ${error.message}.`);
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UsageError(`${path} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message}.`);
  }
}

const merged = (bundles: readonly Bundle[]): Bundle => ({
  files: bundles.flatMap(({ files }) => files),
  unread: bundles.flatMap(({ unread }) => unread),
});
