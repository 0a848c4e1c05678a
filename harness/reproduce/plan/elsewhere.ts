import { z } from 'zod';

/** What no file of a customer's machine shows, as a case says it or a log tells: what its proxy and its GitLab do. */
export const elsewhereSchema = z.strictObject({
  /** Hosts for which the proxy never answers, as one that drops what it does not allow. */
  silentFor: z.array(z.string().min(1)).exactOptional(),
  /** Nothing listens where the proxy should. */
  proxyIsDown: z.literal(true).exactOptional(),
  /** Hosts for which the proxy answers itself, with a status of its own. */
  refuses: z.array(z.strictObject({ host: z.string().min(1), status: z.int().min(400).max(599) })).exactOptional(),
  /** The proxy answers 403 to a request without credentials, and never asks for them. */
  refusesAnonymous: z.literal(true).exactOptional(),
  /** The proxy answers 413 to a request with a larger body than so many bytes. */
  bodyLimitBytes: z.int().min(0).exactOptional(),
  /**
   * GitLab answers so many requests for a job with 429 before it lets one through, or every one; each answer says when the runner may ask
   * again, or has no such header.
   */
  limits: z
    .strictObject({
      times: z.int().min(1).max(5).exactOptional(),
      resetSeconds: z.int().min(0).max(10).exactOptional(),
    })
    .exactOptional(),
});

export type Elsewhere = z.infer<typeof elsewhereSchema>;

/** The same as sentences. @param by how it is known, as half a sentence */
export function elsewhereSays(
  { silentFor = [], proxyIsDown, refuses = [], refusesAnonymous, bodyLimitBytes, limits }: Elsewhere,
  by: string,
): readonly string[] {
  return [
    ...silentFor.map((host) => `The proxy never answers for ${host}, ${by}.`),
    ...(proxyIsDown ? [`Nothing listens where the proxy should, ${by}.`] : []),
    ...refuses.map(({ host, status }) => `The proxy answers ${status} for ${host}, ${by}.`),
    ...(refusesAnonymous
      ? [`The proxy answers 403 to a request without credentials, and never asks for them, ${by}.`]
      : []),
    ...(bodyLimitBytes === undefined
      ? []
      : [`The proxy answers 413 to a body of more than ${bodyLimitBytes} bytes, ${by}.`]),
    ...(limits ? [`GitLab answers ${limitWords(limits)}, ${by}.`] : []),
  ];
}

const limitWords = ({ times, resetSeconds }: NonNullable<Elsewhere['limits']>): string => {
  const requests =
    times === undefined ? 'every request for a job' : `${times} ${times === 1 ? 'request' : 'requests'} for a job`;
  return resetSeconds === undefined
    ? `${requests} with 429 and no RateLimit-ResetTime`
    : `${requests} with 429, each with a RateLimit-ResetTime ${resetSeconds} s later`;
};
