import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { UsageError } from '../conformance/errors.ts';
import { checkCntlmConf, checkConfigToml, checkDockerConfig, checkDropIn, type Remark } from '../diagnosis/index.ts';
import { readWithin, UnfitFile } from '../files/index.ts';
import { maskedText } from '../url/index.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { print } from './print.ts';
import { type Invocation, verb } from './verb.ts';

/** One kind of file that the page has a user write. */
interface Kind {
  readonly name: string;
  /** Whether a file is of that kind, by its name or by what is in it. */
  readonly is: (name: string, text: string) => boolean;
  readonly check: (text: string, mode: number) => readonly Remark[];
}

/** In the order in which they are asked: a name tells more than a content. */
const KINDS: readonly Kind[] = [
  { name: 'config.toml', is: (name) => name.endsWith('.toml'), check: checkConfigToml },
  { name: 'config.json of docker', is: (name) => name.endsWith('.json'), check: checkDockerConfig },
  {
    name: 'cntlm.conf',
    is: (name) => /^cntlm.*\.(conf|ini)$/.test(name),
    check: (text, mode) => checkCntlmConf(text, { mode }),
  },
  {
    name: 'drop-in of systemd',
    is: (name, text) => name.endsWith('.service') || /^[^\S\n]*(\[\w+\]|environment[^\S\n]*=)/im.test(text),
    check: checkDropIn,
  },
];

/** More than a config.toml of 5,000 runners has, in bytes; so much is checked within 2 seconds. */
const MOST_BYTES = 4 * 2 ** 20;

const ORDER: readonly Remark['level'][] = ['error', 'warning', 'note'];

/** `proxyproof check`. */
export const check = verb({
  options: {},
  examples: [
    'check /etc/gitlab-runner/config.toml /etc/systemd/system/gitlab-runner.service.d/http-proxy.conf',
    'check /root/.docker/config.json /etc/cntlm.conf',
  ],
  act,
});

async function act({ args, terminal }: Pick<Invocation, 'args' | 'terminal'>): Promise<ExitCode> {
  let worst = false;
  for (const file of args) {
    const [kind, found] = await remarksOn(resolve(terminal.cwd, file), file);
    const text = found.map((each) => asText(file, each)).join('');
    print(terminal.stdout, text || `${file}: no problem found in this ${kind}\n`);
    worst ||= found.some(({ level }) => level === 'error');
  }
  return worst ? EXIT.unexpected : EXIT.ok;
}

async function remarksOn(path: string, file: string): Promise<readonly [kind: string, remarks: readonly Remark[]]> {
  const text = await readWithin(path, MOST_BYTES).catch((error: NodeJS.ErrnoException) => {
    if (error instanceof UnfitFile) throw new UsageError(`${file} cannot be read: it ${error.message}.`);
    throw new UsageError(
      `${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`,
    );
  });
  const kind = KINDS.find(({ is }) => is(basename(path), text));
  if (!kind) {
    throw new UsageError(
      `${file}: check does not know what kind of file this is. It goes by the name: ${KINDS.map(({ name }) => name).join(', ')}. Rename the file, or leave it out.`,
    );
  }
  const { mode } = await stat(path);
  const remarks = [...kind.check(text, mode & 0o777)].sort(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || ORDER.indexOf(a.level) - ORDER.indexOf(b.level),
  );
  return [kind.name, remarks];
}

const asText = (file: string, { level, line, says, fix }: Remark): string =>
  `${file}${line === undefined ? '' : `:${line}`}: ${level}: ${maskedText(says)}\n    ${fix}\n`;
