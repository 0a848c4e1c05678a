import { z } from 'zod';
import type { DockerProxies } from './host-file.ts';

const schema = z.looseObject({
  proxies: z
    .record(
      z.string(),
      z.looseObject({
        httpProxy: z.string().optional(),
        httpsProxy: z.string().optional(),
        ftpProxy: z.string().optional(),
        noProxy: z.string().optional(),
        allProxy: z.string().optional(),
      }),
    )
    .optional(),
});

/** Why a text is no config.json: a sentence, and the line where that can be told. */
export interface Unreadable {
  readonly line?: number;
  readonly why: string;
}

/**
 * The proxies that a config.json names, by daemon (`default` for all).
 * @returns what is wrong, for a text that the docker CLI would refuse
 */
export function readDockerConfig(text: string): ReadonlyMap<string, DockerProxies> | Unreadable {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return unreadable(text, error);
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    return { why: `${issue?.path.join('.') || 'the whole'} is not what docker expects: ${issue?.message}` };
  }
  const proxies = Object.entries(result.data.proxies ?? {}).map(
    ([daemon, { httpProxy, httpsProxy, noProxy }]): [string, DockerProxies] => [
      daemon,
      {
        ...(httpProxy === undefined ? {} : { httpProxy }),
        ...(httpsProxy === undefined ? {} : { httpsProxy }),
        ...(noProxy === undefined ? {} : { noProxy }),
      },
    ],
  );
  return new Map(proxies);
}

/** JSON.parse quotes the text around the error, which may be a password: only the place is taken from it. */
function unreadable(text: string, error: unknown): Unreadable {
  if (text.trim() === '') return { why: 'it is empty' };
  const message = error instanceof Error ? error.message : '';
  const position = /position (\d+)/.exec(message)?.[1];
  if (position === undefined)
    return { why: /end of JSON/.test(message) ? 'it ends too early' : 'it is no JSON at all' };
  const before = text.slice(0, Number(position)).split('\n');
  return { line: before.length, why: `it stops being JSON at character ${(before.at(-1)?.length ?? 0) + 1}` };
}
