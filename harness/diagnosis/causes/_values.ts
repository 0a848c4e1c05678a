import type { Piece } from '../documents/document.ts';
import { kept } from '../kept.ts';
import type { Picture, Scope, Setting } from '../picture/picture.ts';
import type { Edit } from './cause.ts';

/** A value of a proxy variable, and every place of one scope in one file that has it. */
export interface Value {
  readonly value: string;
  readonly scope: Scope;
  /** The first of them. */
  readonly setting: Setting;
  readonly settings: readonly Setting[];
}

/** The values of HTTP_PROXY and its like that count, each once for a scope and file, however many variables have it. */
export const proxyValues = (picture: Picture): readonly Value[] =>
  grouped(picture, ({ variable }) => variable !== 'NO_PROXY');

/** The lists of NO_PROXY that count. */
export const noProxyValues = (picture: Picture): readonly Value[] =>
  grouped(picture, ({ variable }) => variable === 'NO_PROXY');

function grouped(picture: Picture, which: (setting: Setting) => boolean): readonly Value[] {
  const values = new Map<string, Setting[]>();
  for (const setting of picture.settings) {
    if (!setting.effective || !which(setting)) continue;
    const key = [setting.file, scopeKey(setting.scope), setting.value].join('\0');
    const known = values.get(key);
    if (known) known.push(setting);
    else values.set(key, [setting]);
  }
  return [...values.values()].flatMap((settings) => {
    const [setting] = settings;
    return setting ? [{ value: setting.value, scope: setting.scope, setting, settings }] : [];
  });
}

/** Tells scopes apart. */
export function scopeKey(scope: Scope): string {
  switch (scope.of) {
    case 'service':
      return `service ${scope.unit}`;
    case 'jobs':
      return `jobs ${scope.runner.name} ${scope.runner.line}`;
    case 'service-container':
      return `service container ${scope.name}`;
    case 'ci':
      return `ci ${scope.job ?? ''}`;
    case 'docker-cli':
      return `cli ${scope.daemon}`;
    default:
      return scope.of;
  }
}

/** Whether Go's programs alone read a scope: units of docker and gitlab-runner, daemon.json. */
export const isOfGo = (scope: Scope): boolean =>
  scope.of === 'daemon-json' || (scope.of === 'service' && /^(docker|gitlab-runner|containerd)$/.test(scope.unit));

/** Whether jobs, or what they start, get a scope's variables. */
export const isOfJobs = (scope: Scope): boolean =>
  scope.of === 'jobs' || scope.of === 'ci' || scope.of === 'service-container' || scope.of === 'docker-cli';

/** Whether a scope's variables reach containers, whose 127.0.0.1 is their own. */
export function isOfContainers(scope: Scope, picture: Picture): boolean {
  if (scope.of === 'jobs') return scope.runner.contained && scope.runner.networkMode !== 'host';
  if (scope.of === 'service-container' || scope.of === 'docker-cli') return true;
  if (scope.of !== 'ci') return false;
  const { runners } = picture;
  return runners.length === 0 || runners.some(({ contained, networkMode }) => contained && networkMode !== 'host');
}

/** Whose variables these are, in words that end a sentence. */
export function whose(scope: Scope): string {
  switch (scope.of) {
    case 'service':
      return scope.unit === '' ? 'the service' : scope.unit;
    case 'jobs':
      return `the jobs of ${scope.runner.name}`;
    case 'service-container':
      return `the service container ${scope.name}`;
    case 'ci':
      return scope.job === undefined ? 'all jobs' : `the job ${scope.job}`;
    case 'daemon-json':
      return 'dockerd';
    case 'docker-cli':
      return 'containers that the docker CLI starts';
    case 'shell':
      return 'shells';
    case 'dump':
      return 'this environment';
    case 'git':
      return 'git';
  }
}

/** The runner concerned, where a file has several. */
export const runnerOf = (scope: Scope, picture: Picture): { readonly runner?: string } =>
  scope.of === 'jobs' && picture.runners.length > 1 ? { runner: scope.runner.name } : {};

/** Replaces a value in the lines that have it. */
export function replacing(picture: Picture, settings: readonly Setting[], to: string): readonly Edit[] {
  const places = new Map(settings.map((each) => [`${each.file} ${each.line}`, each]));
  return [...places.values()].flatMap(({ file, line, value }) => {
    const before = lineOf(picture, file, line);
    if (before === undefined || value === '' || !before.includes(value)) return [];
    const after = replacedValue(before, value, to);
    return after === before ? [] : [{ file, line, to: after }];
  });
}

/** Longer ones are too much for a pattern. */
const LONG = 10_000;

/** A value wherever it stands by itself: one of another variable may be its end. */
function replacedValue(line: string, value: string, to: string): string {
  if (value.length > LONG) return line.replace(value, () => to);
  const alone = new RegExp(String.raw`(?<=^|[\s=:"'\[,])${RegExp.escape(value)}(?=$|[\s"',;\]\\])`, 'g');
  const after = line.replace(alone, () => to);
  return after === line ? line.replace(value, () => to) : after;
}

/** A line as the file has it. */
export function lineOf(picture: Picture, file: string, line: number): string | undefined {
  for (const { piece } of piecesOf(picture).get(file) ?? []) {
    if (line <= piece.skipped) continue;
    const text = linesOf(piece)[line - piece.skipped - 1];
    if (text !== undefined) return text.replace(/\r$/, '');
  }
  return undefined;
}

// Many causes look at many lines of a long file.
const piecesOf = kept(({ documents }: Picture) => Map.groupBy(documents, ({ piece }) => piece.file));
const linesOf = kept(({ text }: Piece): readonly string[] => text.split('\n'));
