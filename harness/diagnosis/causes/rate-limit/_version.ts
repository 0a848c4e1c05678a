import type { Picture } from '../../picture/picture.ts';

/** The runner's version that a log or a file tells, as major and minor; undefined where none does. */
export function runnerVersion(picture: Picture): readonly [number, number] | undefined {
  const given = picture.version('gitlab-runner')?.version;
  const logged = picture.lines.map(({ text }) => OF_LINE.exec(text)).find((match) => match !== null);
  const [, major, minor] = /(\d+)\.(\d+)/.exec(given ?? '') ?? [
    undefined,
    logged?.[1] ?? logged?.[3],
    logged?.[2] ?? logged?.[4],
  ];
  return major === undefined ? undefined : [Number(major), Number(minor)];
}

const OF_LINE = /Running with gitlab-runner (\d+)\.(\d+)|\bversion=(\d+)\.(\d+)/;

export const isBefore = (
  [major, minor]: readonly [number, number],
  [thanMajor, thanMinor]: readonly [number, number],
): boolean => major < thanMajor || (major === thanMajor && minor < thanMinor);
