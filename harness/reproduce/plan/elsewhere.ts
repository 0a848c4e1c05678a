import { z } from 'zod';

/** What no file of a customer's machine shows, as a case says it: what its proxy and its GitLab do. */
export const elsewhereSchema = z.strictObject({
  /** Hosts for which the proxy never answers, as one that drops what it does not allow. */
  silentFor: z.array(z.string().min(1)).exactOptional(),
  /** GitLab answers so many requests for a job with 429 before it lets one through; each says when the runner may ask again. */
  limits: z.strictObject({ times: z.int().min(1).max(5), resetSeconds: z.int().min(0).max(10) }).exactOptional(),
});

export type Elsewhere = z.infer<typeof elsewhereSchema>;

/** The same as sentences. */
export function elsewhereSays({ silentFor = [], limits }: Elsewhere): readonly string[] {
  return [
    ...silentFor.map((host) => `The proxy never answers for ${host}, as the case says.`),
    ...(limits
      ? [
          `GitLab answers ${limits.times} requests for a job with 429, each with a RateLimit-ResetTime ${limits.resetSeconds} s later, as the case says.`,
        ]
      : []),
  ];
}
