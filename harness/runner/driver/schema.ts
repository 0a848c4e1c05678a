import { z } from 'zod';
import { configuration } from './configuration.ts';
import { description } from './describe.ts';
import { plan } from './plan.ts';

/** The JSON Schema of what a driver is given and answers, as published in schema/driver.schema.json. */
export function driverJsonSchema(): Record<string, unknown> {
  const of = (schema: z.ZodType): unknown => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' });
    return rest;
  };
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:proxyproof:driver',
    title: 'The contract of a driver: docs/drivers.md',
    $defs: {
      describe: { description: 'What a driver answers to describe.', ...(of(description) as object) },
      configuration: { description: 'The file that the other verbs are given.', ...(of(configuration) as object) },
      start: { description: 'What a driver answers to the other verbs.', ...(of(plan) as object) },
    },
  };
}
