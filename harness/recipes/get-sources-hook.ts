/**
 * The get-sources hook of the page, word for word: it hands the job's proxy variables to git.
 * Source: “Adding the Proxy to the Docker containers”.
 */
export const GET_SOURCES_HOOK =
  'git config --global http.proxy $HTTP_PROXY; git config --global https.proxy $HTTPS_PROXY';
