import type { SquidLogDocument } from '../documents/document.ts';
import type { Picture } from '../picture/picture.ts';
import type { Failure } from './failure.ts';

type Request = SquidLogDocument['requests'][number];

/** What squid refused or could not do: of each host once, unless a request for it went well later. */
export function squidFailures(picture: Picture): readonly Failure[] {
  return picture.all('squid-log').flatMap(({ requests }) => {
    const wellAt = new Map<string, number>();
    for (const each of requests) if (each.status < 400) wellAt.set(keyOf(each), each.line);
    const seen = new Set<string>();
    return requests.flatMap((request) => {
      const { status, host, port, line } = request;
      if (status < 400 || host === '' || (wellAt.get(keyOf(request)) ?? 0) > line) return [];
      if (status === 404 || status === 401) return [];
      // squid answers a request without credentials with 407, which is how it asks for them.
      if (status === 407 && requests.some((each) => each.user !== undefined && each.host === host && each.status < 400))
        return [];
      const key = `${status} ${host} ${port}`;
      if (seen.has(key)) return [];
      seen.add(key);
      return failureOf(request);
    });
  });
}

const keyOf = ({ client, host, port }: Request): string => `${client} ${host} ${port}`;

function failureOf(request: Request): readonly Failure[] {
  const { file, line, status, host, port, method, result, user, way } = request;
  // What a server behind squid answers is its own; squid's own answers have no peer, or are of a CONNECT.
  const isOwn =
    /^(?:TCP_DENIED|NONE|TAG_NONE|ERR)/.test(result) || method === 'CONNECT' || (status >= 500 && /NONE$/.test(way));
  if (!isOwn) return [];
  return [
    {
      file,
      line,
      text: `${result} ${method} ${host}:${port}`,
      of: 'terminal',
      kind: status === 413 ? 'too-large' : status === 411 ? 'length-required' : 'answered',
      who: 'client',
      phase: undefined,
      target: { scheme: method === 'CONNECT' ? 'https' : 'http', host, port },
      status,
      peer: undefined,
      how: undefined,
      bySquid: true,
      ...(user === undefined ? {} : { user }),
    },
  ];
}
