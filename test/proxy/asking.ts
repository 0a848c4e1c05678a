import type { ProxyStage, RawClient } from './stage.ts';

/** The host of a URL, with its port. */
export const host = (url: string): string => new URL(url).host;

/** Asks for a page by a forwarded request. */
export function get(stage: ProxyStage, client: RawClient, path = '/', ...headers: string[]): void {
  const authorization = `Proxy-Authorization: ${stage.basic}`;
  client.say(`GET ${stage.http}${path} HTTP/1.1`, `Host: ${host(stage.http)}`, authorization, ...headers);
}

/** Uploads by a forwarded request. */
export function post(stage: ProxyStage, client: RawClient, body: string): void {
  const authorization = `Proxy-Authorization: ${stage.basic}`;
  const length = `Content-Length: ${body.length}`;
  client.say(`POST ${stage.http}/ HTTP/1.1`, `Host: ${host(stage.http)}`, authorization, length);
  client.socket.write(body);
}

/** Asks for a tunnel to the http origin, so that a test can speak plain HTTP in it. */
export function ask(stage: ProxyStage, client: RawClient): void {
  client.say(
    `CONNECT ${host(stage.http)} HTTP/1.1`,
    `Host: ${host(stage.http)}`,
    `Proxy-Authorization: ${stage.basic}`,
  );
}

/** Opens a tunnel to the http origin. */
export async function tunnel(stage: ProxyStage): Promise<RawClient> {
  const client = stage.connect();
  ask(stage, client);
  await client.hears(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\n/);
  client.text = '';
  return client;
}

/** Asks for a page inside a tunnel. */
export const inTunnel = (client: RawClient, path = '/'): void =>
  client.say(`GET ${path} HTTP/1.1`, 'Host: gitlab.test');
