import { splitUrl } from '../../url/index.ts';
import type { Piece, Reader, SquidLogDocument } from './document.ts';

type Request = SquidLogDocument['requests'][number];

/** Of a long log each request is kept once, in lines. */
const MOST_LINES = 20_000;

/** squid's own format (squid.conf, logformat "squid"): time, duration, client, result/status, size, method, URL, user, way/peer, type. */
const NATIVE = /^\d{9,11}\.\d{3}\s+-?\d+ (\S+) ([A-Z_]+)\/(\d{3}) \d+ ([A-Z_]+) (\S+) (\S+) ([A-Z_]+)\/\S+/;
/** logformat "common" and "combined": client ident user [time] "request" status size result:way. */
const COMMON =
  /^(\S+) \S+ (\S+) \[[^\]]+\] "([A-Z_]+) (\S+) [^"]*" (\d{3}) \S+ (?:"[^"]*" "[^"]*" )?([A-Z_]+):([A-Z_]+)/;
const ANY = new RegExp(`${NATIVE.source}|${COMMON.source}`, 'm');

/** squid's access.log. */
export const squidLogReader: Reader = {
  title: "squid's access.log",
  knows: ({ text }) => (ANY.test(text.slice(0, 64 * 1024)) ? 3 : 0),
  read: (piece) => [document(piece)],
};

function document(piece: Piece): SquidLogDocument {
  const requests: Request[] = [];
  const seen = new Set<string>();
  let line = piece.skipped;
  for (const text of piece.text.split('\n')) {
    line += 1;
    const request = requestOf(text.length > 10_000 ? text.slice(0, 10_000) : text, { file: piece.file, line });
    if (!request) continue;
    const { client, result, method, host, port, user } = request;
    const key = `${client} ${result} ${method} ${host} ${port} ${user}`;
    if (line > MOST_LINES && seen.has(key)) continue;
    seen.add(key);
    requests.push(request);
  }
  return { kind: 'squid-log', piece, requests };
}

function requestOf(text: string, place: { readonly file: string; readonly line: number }): Request | undefined {
  const [, client, code, status, method, url, user, way] = NATIVE.exec(text) ?? [];
  if (client !== undefined) return made(place, client, code, status, method, url, user, way);
  const [, from, who, verb, target, answer, result, how] = COMMON.exec(text) ?? [];
  return from === undefined ? undefined : made(place, from, result, answer, verb, target, who, how);
}

function made(
  place: { readonly file: string; readonly line: number },
  client: string,
  code = '',
  status = '',
  method = '',
  url = '',
  user = '-',
  way = '',
): Request {
  const { scheme, host, port } = splitUrl(url);
  return {
    ...place,
    client,
    result: `${code}/${status}`,
    status: Number(status),
    method,
    host: host.toLowerCase(),
    port:
      port !== undefined && /^\d+$/.test(port) ? Number(port) : scheme === 'https' || method === 'CONNECT' ? 443 : 80,
    user: user === '-' ? undefined : user,
    way,
  };
}
