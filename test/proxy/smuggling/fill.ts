/** What stands for the placeholders of the corpus. */
export interface Filling {
  /** The origin's, with its port. */
  readonly host: string;
  readonly path: string;
  /** Right credentials for the proxy, as the value of `Proxy-Authorization`. */
  readonly credentials: string;
}

/** Puts an origin and credentials into a request of the corpus. */
export function fill(bytes: string, { host, path, credentials }: Filling): string {
  const values: Record<string, string> = {
    url: `http://${host}`,
    host,
    port: host.replace(/.*:/, ''),
    path,
    auth: `Proxy-Authorization: ${credentials}`,
  };
  return bytes.replace(/\{(url|host|port|path|auth)\}/g, (_, name: string) => values[name] ?? '');
}
