import { dirname, join, relative } from 'node:path';
import type { View } from './view.ts';

/** What makes a view: directories and files to be there before, and tables of mounts, as fstab(5) has them. */
export interface MountPlan {
  /** To be made, each with the mode of the directory that it stands in for, where it does. */
  readonly directories: readonly { readonly path: string; readonly like?: string }[];
  /** To be made, empty. */
  readonly files: readonly string[];
  /** All of them must succeed. */
  readonly mounts: string;
  /** One may fail because what it covers has gone meanwhile. */
  readonly covers: string;
  /** What the second table covers. */
  readonly covered: readonly string[];
}

/**
 * Plans the mounts of a view. An empty directory is one of the namespace's own, in which what is kept has been mounted;
 * the innermost go first, since the others hide their places.
 * @param options.dir the namespace's own directory; it must be kept where it lies below an empty one
 * @param options.files what takes the place of which file of the machine, by the latter's path, free of links
 * @param options.isFile whether a path is no directory
 */
export function planMounts(options: {
  readonly dir: string;
  readonly view: View;
  readonly files: ReadonlyMap<string, string>;
  readonly isFile: (path: string) => boolean;
}): MountPlan {
  const { dir, view, files, isFile } = options;
  const places = [...new Set(view.empty)];
  const kept = [...view.kept, ...view.readable].filter((each) => !places.includes(each));
  const hidden = (path: string): boolean => {
    const [place, keeper] = [innermost(path, places), innermost(path, kept)];
    return place !== undefined && (keeper === undefined || keeper.length < place.length);
  };
  const shown = places.filter((each) => !hidden(each)).sort((one, other) => other.length - one.length);
  const covered = view.covered.filter((each) => !kept.includes(each) && !hidden(each));
  const directories: MountPlan['directories'][number][] = [];
  const made: string[] = [];
  const mounts = [...files].filter(([target]) => !hidden(target)).map(([target, source]) => bind(source, target));
  for (const [index, place] of shown.entries()) {
    const stage = join(dir, 'stage', String(index));
    directories.push({ path: stage, like: place });
    const guests = [
      ...kept.filter((each) => innermost(each, shown) === place && hidden(each)).map((each) => [each, each] as const),
      ...[...files].filter(([target]) => innermost(target, shown) === place && hidden(target)),
    ];
    for (const [target, source] of guests) {
      const at = join(stage, relative(place, target));
      const single = isFile(source);
      directories.push({ path: single ? dirname(at) : at });
      if (single) made.push(at);
      // What is mounted below goes along, unless that is the stage itself.
      const how = isInside(dir, source) ? 'bind' : 'rbind';
      mounts.push(bind(source, at, view.readable.includes(source) ? 'bind,ro' : how));
    }
    mounts.push(bind(stage, place, 'rbind'));
  }
  const covers = covered.map((each) => bind('/dev/null', each));
  return { directories, files: made, mounts: table(mounts), covers: table(covers), covered };
}

const isInside = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

/** The innermost of the places in which a path lies, not counting itself. */
const innermost = (path: string, places: readonly string[]): string | undefined =>
  places
    .filter((each) => each !== path && isInside(path, each))
    .sort((one, other) => other.length - one.length)
    .at(0);

const bind = (source: string, target: string, how = 'bind'): string =>
  `${escaped(source)} ${escaped(target)} none ${how} 0 0\n`;

const table = (lines: readonly string[]): string => lines.join('');

/** fstab(5): blanks end a field, so they stand as octal numbers. */
const escaped = (path: string): string =>
  path.replace(/[\s\\#]/g, (each) => `\\${each.charCodeAt(0).toString(8).padStart(3, '0')}`);
