import { z } from 'zod';
import { dockerSchema, registrySchema } from '../containers/spec-schema.ts';
import { gitlabSchema } from '../gitlab/spec-schema.ts';
import { proxySchema } from '../proxy/spec-schema.ts';
import { type Misfit, misfit, type Shape } from '../schema/index.ts';
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
  children: z.boolean().exactOptional(),
} satisfies Shape<WorldSpec>);

/** What in a world's declaration nobody would heed: a key that there is not, or a value that means nothing. */
export const worldMisfit = (spec: unknown): Misfit | undefined => misfit(worldSchema, spec, 'the world');
