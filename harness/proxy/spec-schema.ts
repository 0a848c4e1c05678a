import { z } from 'zod';
import { oneOf, type Shape } from '../schema/index.ts';
import type { ProxyKind } from './kind.ts';
import type { InterceptsSpec, ProxyAuth, ProxySpec } from './spec.ts';

const auth = z.strictObject({
  scheme: oneOf<ProxyAuth['scheme']>({ none: true, basic: true, digest: true, ntlm: true, negotiate: true }),
  user: z.string(),
  password: z.string(),
  domain: z.string().exactOptional(),
} satisfies Shape<ProxyAuth>);

const intercepts = z.strictObject({
  opens: z.enum(['everything', 'all-but-gitlab', 'gitlab-alone']).exactOptional(),
  chain: z.enum(['with-root', 'without-root']).exactOptional(),
} satisfies Shape<InterceptsSpec>);

/** The schema of a proxy's declaration: unknown keys are refused, for they would be ignored. */
export const proxySchema = z.strictObject({
  kind: oneOf<ProxyKind>({ basic: true, 'keep-alive': true, squid: true }),
  auth: auth.exactOptional(),
  tls: z.boolean().exactOptional(),
  intercepts: intercepts.exactOptional(),
} satisfies Shape<ProxySpec>);
