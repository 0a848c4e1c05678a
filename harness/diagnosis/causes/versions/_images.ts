import type { Place } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';

/** Versions of an image that jobs run in, by its tag: of .gitlab-ci.yml and of config.toml. */
export function imageVersions(picture: Picture, name: string): readonly (Place & { readonly version: string })[] {
  const tagged = new RegExp(String.raw`(?:^|[/"'])${name}:(\d+(?:\.\d+)+)`);
  const inCi = picture.all('ci').flatMap(({ jobs }) => jobs.flatMap(({ image }) => (image ? [image] : [])));
  const inToml = picture.all('config-toml').flatMap(({ piece: { file, skipped, text } }) =>
    text.split('\n').flatMap((line, index) => {
      const image = /^\s*image\s*=\s*"([^"]+)"/.exec(line)?.[1];
      return image === undefined ? [] : [{ file, line: skipped + index + 1, name: image }];
    }),
  );
  return [...inCi, ...inToml].flatMap(({ file, line, name: image }) => {
    const version = tagged.exec(image)?.[1];
    return version === undefined ? [] : [{ file, line, version }];
  });
}
