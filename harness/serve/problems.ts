import { z } from 'zod';

/** What a schema finds wrong, on one line. */
export const problemsOf = (error: z.ZodError): string => z.prettifyError(error).replaceAll(/\s*\n\s*/g, '; ');
