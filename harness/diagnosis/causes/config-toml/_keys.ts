import { distance } from 'fastest-levenshtein';

/** Keys of `[[runners]]` that bring a proxy into jobs, or trust, and so are missed when they are spelled wrong. */
const MEANT = [
  'environment',
  'pre_get_sources_script',
  'post_get_sources_script',
  'pre_build_script',
  'post_build_script',
  'tls-ca-file',
] as const;

/** Other spellings of `environment` that people try. */
const FOR_ENVIRONMENT = /^(?:envs?|env[_-]?vars?|environment[_-]?(?:vars?|variables?)|variables?|environments?)$/i;
/** What gitlab-runner does know and is not far from one of them. */
const KNOWN = /^(?:pre_clone_script|post_clone_script|tls-(?:cert|key)-file)$/i;

/** Which key of `[[runners]]` was meant by one that the runner does not know. */
export function meantKey(key: string): string | undefined {
  const small = key.toLowerCase();
  if (MEANT.some((each) => each === small) || KNOWN.test(small)) return undefined;
  if (FOR_ENVIRONMENT.test(small)) return 'environment';
  const letters = small.replace(/[-_]/g, '');
  return MEANT.find((each) => distance(letters, each.replace(/[-_]/g, '')) <= 2);
}

/** Keys that gitlab-runner knows in `[[runners]]` alone. */
export const OF_RUNNERS = /^(?:environment|(?:pre|post)_(?:get_sources|build|clone)_script)$/i;
