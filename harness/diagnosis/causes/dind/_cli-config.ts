import type { Place } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import type { JobSeen } from '../_jobs.ts';
import { lineOf } from '../_values.ts';

/** A script that writes proxies into the docker CLI's config.json. */
const WRITES = /\.docker\/config\.json/;
const PROXIES = /proxies|https?Proxy/;

export interface WrittenConfig extends Place {
  /** Whether the values are those of variables, which the job then has, or nobody. */
  readonly ofVariables: boolean;
}

/** Where a job's config.json gets its proxies: by its script, a hook, or a file that is mounted. */
export function cliConfigOf(job: JobSeen, picture: Picture): WrittenConfig | undefined {
  const hooks = (job.runner?.hooks ?? []).map(({ file, line, script }) => ({ file, line, text: script }));
  for (const { file, line, text } of [...hooks, ...job.script])
    if (PROXIES.test(text) && (WRITES.test(text) || job.script.some((each) => WRITES.test(each.text))))
      return { file, line, ofVariables: /\$\{?\w*proxy/i.test(text) };
  const mounted = job.runner?.volumes.some((each) => /\/\.docker(?:\/config\.json)?(?::ro)?$/.test(each));
  const [proxies] = picture.all('docker-cli').flatMap((document) => document.proxies);
  if (!mounted || !proxies) return undefined;
  const [keys] = picture
    .all('config-toml')
    .flatMap(({ keys: all }) =>
      all.filter(({ key, file, line }) => /^volumes$/i.test(key) && /\.docker/.test(lineOf(picture, file, line) ?? '')),
    );
  const { file, line } = keys ?? proxies;
  return { file, line, ofVariables: false };
}
