/** Where a request wants to go, in small letters; an empty host when its target is malformed. */
export function authorityOf(isConnect: boolean, target: string): { host: string; port: number } {
  const text = isConnect ? `connect://${target}` : target;
  if (!URL.canParse(text)) return { host: '', port: 0 };
  const { hostname, port, protocol } = new URL(text);
  return { host: hostname.toLowerCase(), port: Number(port) || (protocol === 'https:' ? 443 : 80) };
}
