import { splitUrl } from '../../../url/index.ts';
import type { Place } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';

/** A registry mirror of the daemon. */
export interface Mirror extends Place {
  readonly url: string;
  readonly host: string;
}

/** Every mirror that daemon.json names. */
export const mirrorsOf = (picture: Picture): readonly Mirror[] =>
  picture.all('daemon-json').flatMap(({ entries }) =>
    entries.flatMap(({ key, value, file, line }) => {
      if (!/^registry-mirrors(?:[.[]|$)/.test(key)) return [];
      const urls = (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string');
      return urls.map((url) => ({ file, line, url, host: splitUrl(url).host.toLowerCase() }));
    }),
  );
