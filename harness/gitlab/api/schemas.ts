import { z } from 'zod';

// Only what the mock looks at is named; runners of every version send more, and the ledger keeps the whole body.

export const registration = z.looseObject({ token: z.string() });

export const verification = z.looseObject({ token: z.string(), system_id: z.string().optional() });

export const unregistration = z.looseObject({ token: z.string() });

export const managerUnregistration = z.looseObject({ token: z.string(), system_id: z.string() });

export const tokenReset = z.looseObject({ token: z.string() });

export const jobRequest = z.looseObject({
  token: z.string(),
  last_update: z.string().optional(),
  system_id: z.string().optional(),
});

export const jobUpdate = z.looseObject({
  token: z.string(),
  state: z.enum(['running', 'success', 'failed']),
  failure_reason: z.string().optional(),
  exit_code: z.number().int().nullish(),
  checksum: z.string().optional(),
  output: z
    .looseObject({ checksum: z.string().optional(), bytesize: z.number().int().nonnegative().optional() })
    .nullish(),
});
