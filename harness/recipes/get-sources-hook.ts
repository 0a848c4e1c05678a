/**
 * The get-sources hook of the page, word for word: it hands the job's proxy variables to git.
 * Source: “Adding the Proxy to the Docker containers”.
 */
export const GET_SOURCES_HOOK =
  'git config --global http.proxy $HTTP_PROXY; git config --global https.proxy $HTTPS_PROXY';

/** The keys of config.toml that hold this hook: the first until 15.8 (and, deprecated, until 16), the second from 15.9. */
export type GetSourcesHookName = 'pre_clone_script' | 'pre_get_sources_script';
