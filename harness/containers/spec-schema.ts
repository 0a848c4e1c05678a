import { z } from 'zod';
import type { Shape } from '../schema/index.ts';
import type { RegistrySpec } from './registry/spec.ts';
import { type DockerSpec, IMAGE_NAMES } from './spec.ts';

/** The schema of an engine's declaration: unknown keys are refused, for they would be ignored. */
export const dockerSchema = z.strictObject({
  images: z.enum(['all', 'none']).exactOptional(),
  environment: z
    .custom<NonNullable<DockerSpec['environment']>>(
      (value) => typeof value === 'function',
      'expected a function of the proxy’s URL',
    )
    .exactOptional(),
  config: z
    .custom<NonNullable<DockerSpec['config']>>(
      (value) => typeof value === 'function',
      'expected a function of the proxy’s URL',
    )
    .exactOptional(),
  trusts: z.enum(['store', 'certs.d']).exactOptional(),
  insecureRegistries: z.array(z.string()).readonly().exactOptional(),
} satisfies Shape<DockerSpec>);

/** The schema of a registry's declaration. */
export const registrySchema = z.strictObject({
  tls: z.boolean().exactOptional(),
  auth: z.enum(['token', 'none']).exactOptional(),
  holds: z
    .array(z.strictObject({ repository: z.string(), image: z.enum(IMAGE_NAMES), tag: z.string().exactOptional() }))
    .readonly()
    .exactOptional(),
} satisfies Shape<RegistrySpec>);
