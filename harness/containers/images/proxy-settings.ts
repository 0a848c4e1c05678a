/** Variables by which package managers in a build find a proxy, if this machine has one. */
const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'];

/** Those that this machine's user has set. */
export const proxySettings = (): Record<string, string> =>
  Object.fromEntries(PROXY_VARIABLES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
