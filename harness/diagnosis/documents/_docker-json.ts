/** Keys that dockerd knows and the CLI does not. Source: docs.docker.com, “dockerd”, “Daemon configuration file”. */
const OF_DAEMON =
  /"(?:registry-mirrors|insecure-registries|log-driver|log-opts|storage-driver|storage-opts|data-root|exec-opts|default-address-pools|live-restore|userland-proxy|userns-remap|default-ulimits|bip|mtu|ipv6|fixed-cidr|iptables|hosts|dns|dns-search|max-concurrent-downloads|default-runtime|runtimes|cgroup-parent|experimental|features|builder|http-proxy|https-proxy|no-proxy)"\s*:/;
/** Keys that the CLI knows and dockerd does not. Source: docs.docker.com, “docker CLI”, “config.json properties”. */
const OF_CLI =
  /"(?:auths|HttpHeaders|psFormat|imagesFormat|detachKeys|credsStore|credHelpers|cliPluginsExtraDirs|currentContext|plugins|aliases|httpProxy|httpsProxy|noProxy|ftpProxy|allProxy)"\s*:/;

/** Which of docker's two files a text is, and how sure that is. */
export function dockerJsonKind(
  path: string,
  text: string,
): { readonly kind: 'daemon' | 'cli'; readonly sure: 0 | 1 | 2 | 3 } {
  const head = text.slice(0, 64 * 1024);
  const isObject = /^[ \t]*\{/.test(head);
  if (/(?:^|[/_.-])daemon\.json(?:\.\w+)?$/i.test(path)) return { kind: 'daemon', sure: 3 };
  if (/(?:^|\/)\.?docker\/config\.json$/i.test(path)) return { kind: 'cli', sure: 3 };
  if (!isObject) return { kind: 'cli', sure: /(?:^|\/)config\.json$/i.test(path) && OF_CLI.test(head) ? 1 : 0 };
  const daemon = OF_DAEMON.test(head);
  const cli = OF_CLI.test(head);
  const isNamed = /(?:^|[/_-])config\.json$/i.test(path);
  if (isNamed && (cli || /"proxies"\s*:/.test(head))) return { kind: 'cli', sure: 3 };
  if (cli && !daemon) return { kind: 'cli', sure: 1 };
  if (daemon && !cli) return { kind: 'daemon', sure: 1 };
  return { kind: 'cli', sure: cli && /"auths"|"proxies"/.test(head) ? 1 : 0 };
}
