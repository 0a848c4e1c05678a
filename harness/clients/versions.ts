import { coerce, lt } from 'semver';
import type { ClientModel } from './client.ts';

/** A program's version in a few words, out of the line in which it tells it. */
export const brief = (told: string): string =>
  told.replace(/ (?:\(|built on |\[|[\d-]+$).*/, '').replace(/, build .*/, '');

/** The number in such a line, `28.5.2` of `Docker version 28.5.2+dfsg4, build 1234`; undefined where there is none. */
export const numberIn = (told: string): string | undefined => /\d+(?:\.\d+)+/.exec(told)?.[0];

/** Whether a version such as `20.10` comes before another; one that is left out is the newest. */
export function comesBefore(version: string | undefined, other: string): boolean {
  const [one, two] = [version, other].map((each) => coerce(each?.replace(/\.0+(?=\d)/g, '.')));
  return Boolean(one && two && lt(one, two));
}

/** What a client of a version does, where its versions differ. @param version undefined for the newest that was measured */
export const chooserOf = ({ choose, earlier = [] }: ClientModel, version?: string): ClientModel['choose'] =>
  earlier.find(({ before }) => comesBefore(version, before))?.choose ?? choose;
