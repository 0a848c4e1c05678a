import { z } from 'zod';
import { dockerSchema, registrySchema } from '../containers/spec-schema.ts';
import { gitlabSchema } from '../gitlab/spec-schema.ts';
import { proxySchema } from '../proxy/spec-schema.ts';
import { type Misfit, misfit, type Shape } from '../schema/index.ts';
import { namesMisfit } from './known-as.ts';
import type { WorldSpec } from './spec.ts';

/** The schema of a world's declaration: unknown keys are refused, for they would be ignored. */
export const worldSchema = z.strictObject({
  gitlab: gitlabSchema.exactOptional(),
  proxy: proxySchema.exactOptional(),
  standby: proxySchema.exactOptional(),
  docker: dockerSchema.exactOptional(),
  registry: registrySchema.exactOptional(),
  direct: z.enum(['tripwire', 'gitlab']).exactOptional(),
  names: z.enum(['all', 'proxies']).exactOptional(),
  knownAs: z
    .record(z.string(), z.enum(['gitlab', 'storage', 'registry', 'proxy', 'standby', 'engine']))
    .readonly()
    .exactOptional(),
  open: z.array(z.string()).readonly().exactOptional(),
  children: z.boolean().exactOptional(),
} satisfies Shape<WorldSpec>);

/** What in a world's declaration nobody would heed: a key that there is not, or a value that means nothing. */
export function worldMisfit(spec: unknown): Misfit | undefined {
  const found = misfit(worldSchema, spec, 'the world');
  if (found) return found;
  const says = namesMisfit(spec as WorldSpec);
  return says === undefined ? undefined : { says, path: [] };
}
