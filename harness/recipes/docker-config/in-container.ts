/**
 * The shell command of the page that makes config.json out of the job's own variables, word for word. It puts the values
 * in as they are, so one with a quotation mark, a backslash or a line break makes what is not JSON.
 */
const ECHO =
  'echo "{ \\"proxies\\": { \\"default\\": { \\"httpProxy\\": \\"$HTTP_PROXY\\", \\"httpsProxy\\": \\"$HTTPS_PROXY\\", \\"noProxy\\": \\"$NO_PROXY\\" } } }" > $HOME/.docker/config.json';

/**
 * The lines of the page's `before_script`, as YAML hands them to the runner.
 * Source: “Proxy settings when using dind service”.
 */
export const DOCKER_CONFIG_BEFORE_SCRIPT: readonly string[] = ['mkdir -p $HOME/.docker/', ECHO];

/**
 * The page's `pre_build_script`, as TOML hands it to the runner; config.toml's writer escapes it to the page's own line.
 * Source: “Proxy settings when using dind service”.
 */
export const DOCKER_CONFIG_PRE_BUILD_SCRIPT = `mkdir -p $HOME/.docker/ && ${ECHO}`;

/**
 * Does the same for whatever the variables hold: quotation marks and backslashes are escaped, control characters, which
 * no URL may hold, left out. Needs nothing but a POSIX shell, sed and tr.
 */
export const SAFE_DOCKER_CONFIG_SCRIPT = [
  'mkdir -p "$HOME/.docker"',
  `json() { printf %s "$1" | tr -d '[:cntrl:]' | sed 's/[\\\\"]/\\\\&/g'; }`,
  `printf '{ "proxies": { "default": { "httpProxy": "%s", "httpsProxy": "%s", "noProxy": "%s" } } }\\n' "$(json "$HTTP_PROXY")" "$(json "$HTTPS_PROXY")" "$(json "$NO_PROXY")" > "$HOME/.docker/config.json"`,
].join(' && ');
