import { isIP } from 'node:net';
import { noProxyEntries } from '../../../clients/go/index.ts';
import type { Failure } from '../../failures/failure.ts';
import type { Picture, Setting } from '../../picture/picture.ts';
import { byHost, failuresOfKind, firstOf, isScopeOf, onLine, settingsOfWho } from '../_log.ts';
import { type HostPlace, hostPlaceOf } from '../_place.ts';
import { lineOf, scopeKey } from '../_values.ts';
import { isOtherPort } from '../auth/_denied.ts';
import type { Found } from '../cause.ts';

/** Why an own host was asked for through the proxy. */
export interface Gap {
  readonly failure: Failure;
  readonly host: string;
  /** `missing`: no list of this program names it; `network`: a network alone could stand for it; `elsewhere`: another program's list has it. */
  readonly kind: 'missing' | 'network' | 'elsewhere';
  /** The list, or the proxy where no list is set; undefined where no file tells. */
  readonly setting: Setting | undefined;
  /** The list of another program that names the host. */
  readonly other: Setting | undefined;
}

/** The hosts of a kind that the proxy was asked for and refused or could not reach. */
export function gapsOf(picture: Picture, place: HostPlace): readonly Gap[] {
  const failures = failuresOfKind(picture, 'answered').filter(
    (each) =>
      each.status !== undefined &&
      (each.status === 403 || each.status >= 500) &&
      hostPlaceOf(picture, each) === place &&
      !(each.status === 403 && isOtherPort(each)),
  );
  return firstOf(failures, byHost).flatMap((failure) => gapOf(picture, failure));
}

function gapOf(picture: Picture, failure: Failure): readonly Gap[] {
  const host = failure.target?.host ?? '';
  const own = settingsOfWho(picture, failure.who);
  const ownLists = picture.settings.filter(
    ({ variable, value, scope }) => variable === 'NO_PROXY' && value.trim() !== '' && isScopeOf(failure.who, scope),
  );
  const several = new Set(own.map(({ scope }) => scopeKey(scope)).filter((key) => key.startsWith('jobs'))).size > 1;
  const naming = ownLists.filter(({ value }) => meant(value, host));
  // One of several runners may have the list that another lacks.
  if (naming.some(({ scope }) => !(several && scope.of === 'jobs'))) return [];
  const spared = new Set(naming.map(({ scope }) => scopeKey(scope)));
  const left = own.filter(({ scope }) => !spared.has(scopeKey(scope)));
  if (own.length > 0 && left.length === 0) return [];
  const list = left.find(({ variable, value }) => variable === 'NO_PROXY' && value.trim() !== '');
  const proxy =
    left.find(({ variable, value }) => variable === 'HTTPS_PROXY' && value.trim() !== '') ??
    left.find(({ variable, value }) => variable !== 'NO_PROXY' && value.trim() !== '');
  if (list) {
    const isNetwork = isIP(host) === 0 && noProxyEntries(list.value).some((entry) => /\/\d{1,3}$/.test(entry));
    return [{ failure, host, kind: isNetwork ? 'network' : 'missing', setting: list, other: undefined }];
  }
  const other = picture.settings.find(
    ({ variable, value, effective, scope }) =>
      effective && variable === 'NO_PROXY' && !isScopeOf(failure.who, scope) && meant(value, host),
  );
  return [{ failure, host, kind: other && proxy ? 'elsewhere' : 'missing', setting: proxy, other }];
}

/** Whether a list names a host, or was meant to: what is wrong with its dialect is told by other causes. */
export function meant(list: string, host: string): boolean {
  return list.split(/[\s,;|]+/).some((entry) => {
    const isPattern = /\*$|\.$/.test(entry);
    const core = entry
      .toLowerCase()
      .replace(/^[a-z]+:\/\//, '')
      .replace(/[/:].*$/, '')
      .replace(/^[*.]+|[*.]+$/g, '');
    if (entry === '*') return true;
    if (core.length < 3) return false;
    return host === core || host.endsWith(`.${core}`) || (isPattern && host.startsWith(core));
  });
}

/** A finding about a gap: on the list's line with the host added, else on the line of the proxy, else of the log. */
export function gapFinding(picture: Picture, { failure, host, setting }: Gap, says: string, remedy: string): Found {
  if (!setting) return onLine(failure, says, remedy, host);
  const { file, line, value, variable } = setting;
  const written = lineOf(picture, file, line);
  const isList = variable === 'NO_PROXY';
  const to =
    isList && written?.includes(value) ? written.replaceAll(value, `${value.replace(/,\s*$/, '')},${host}`) : undefined;
  return {
    file,
    line,
    ...(isList && written?.includes(value) ? { at: value } : {}),
    says,
    remedy: { says: remedy, ...(to === undefined ? {} : { edits: [{ file, line, to }] }) },
    ...(setting.scope.of === 'jobs' && picture.runners.length > 1 ? { runner: setting.scope.runner.name } : {}),
  };
}

/** Where the failure was seen, for a sentence. */
export const seenAt = ({ failure: { file, line, status } }: Gap): string => `${file}:${line}, status ${status ?? 403}`;
