import { variantTable } from './_suite.ts';
import { rateLimitVariants } from './rate-limit.ts';

variantTable(rateLimitVariants, ({ scenario }) => scenario.id.startsWith('rate-limit/'));
