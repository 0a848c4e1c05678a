import type { Picture, Setting } from '../../picture/picture.ts';
import { isAboutProxy, placeOf, remedy } from '../_editing.ts';
import { lineOf, runnerOf, scopeKey, whose } from '../_values.ts';
import type { Cause } from '../cause.ts';

export const emptyValueCause: Cause = {
  id: 'selection/empty-value',
  severity: 'error',
  title: 'A proxy variable is set to nothing, so there is no proxy.',
  seen: 'HTTP_PROXY="" in a unit, an environment or config.json. Not where the proxy is switched off on purpose: a remark says so, a job empties all of them, git is given none for one host, or another variable has what counts: ALL_PROXY beside HTTP_PROXY and HTTPS_PROXY, upper case beside lower case.',
  fix: 'Give it a value, or take it out.',
  symptoms: ['no proxy is used though the variable is set'],
  find: (picture) =>
    picture.settings
      .filter((each) => each.effective && each.variable !== 'NO_PROXY' && each.value.trim() === '')
      .filter((each) => each.variable !== 'FTP_PROXY' && !isOnPurpose(each, picture) && !isGivenBeside(each, picture))
      .map((each) => ({
        ...placeOf(each),
        at: each.name,
        says: `${each.name} is set to nothing, so ${whose(each.scope)} ${each.scope.of === 'jobs' ? 'have' : 'has'} no proxy by it.`,
        remedy: remedy('Give it a value, or take it out.'),
        ...runnerOf(each.scope, picture),
      })),
};

/** Clients skip an empty ALL_PROXY for the others, and an empty one in upper case for its twin; an empty one in lower case puts some off. */
function isGivenBeside({ scope, file, name, variable }: Setting, picture: Picture): boolean {
  const beside = picture.settings.filter(
    (each) =>
      each.effective && each.file === file && scopeKey(each.scope) === scopeKey(scope) && each.value.trim() !== '',
  );
  if (variable === 'ALL_PROXY') return beside.some((each) => each.variable === 'HTTPS_PROXY');
  return name === name.toUpperCase() && beside.some((each) => each.name === name.toLowerCase());
}

const SAID =
  /direct|without|no proxy|bypass|disabl|switch|turn|\boff\b|internal|unset|clear|empt|on purpose|ohne|intern|leer|kein/i;

function isOnPurpose(setting: Setting, picture: Picture): boolean {
  const { scope, file, line, name } = setting;
  if (scope.of === 'git') return true;
  if (isRemarked(picture, file, line)) return true;
  // The blank behind the equals sign is what is wrong there.
  if (picture.all('unit').some(({ words }) => words.some((word) => isCutOff(word, setting, words)))) return true;
  if (scope.of === 'ci' || scope.of === 'service-container') {
    // A job that empties both is meant to go the direct way.
    const own = picture.settings.filter(
      (each) => each.file === file && JSON.stringify(each.scope) === JSON.stringify(scope),
    );
    const emptied = new Set(own.filter(({ value }) => value.trim() === '').map(({ variable }) => variable));
    return (
      emptied.has('HTTP_PROXY') &&
      emptied.has('HTTPS_PROXY') &&
      own.every((each) => each.variable === 'NO_PROXY' || each.value.trim() === '')
    );
  }
  if (scope.of !== 'shell') return false;
  return (
    !/(?:^|\/)etc\/environment$/.test(file) ||
    picture.settings.some((each) => each.file === file && each.name === name && each.value !== '')
  );
}

/** A remark in the same line, or in the comments right above it. */
function isRemarked(picture: Picture, file: string, line: number): boolean {
  const own = lineOf(picture, file, line) ?? '';
  if (SAID.test(/(?:^|\s)(?:#|\/\/)(.*)$/.exec(own)?.[1] ?? '')) return true;
  for (let at = line - 1; at >= Math.max(1, line - 6); at -= 1) {
    const above = lineOf(picture, file, at) ?? '';
    if (/^\s*[#;]/.test(above)) {
      if (SAID.test(above)) return true;
    } else if (!isAboutProxy(above)) return false;
  }
  return false;
}

interface Word {
  readonly file: string;
  readonly line: number;
  readonly keyLine: number;
  readonly name: string | undefined;
  readonly value: string;
  readonly raw: string;
}
const isCutOff = (word: Word, { file, line, name }: Setting, words: readonly Word[]): boolean =>
  word.file === file &&
  word.line === line &&
  word.name === name &&
  word.value === '' &&
  words.some((each) => each.keyLine === word.keyLine && each.name === undefined && /:\/\//.test(each.raw));
