import { variantTable } from './_suite.ts';
import { pollingVariants } from './polling.ts';

variantTable(pollingVariants, ({ scenario }) => scenario.id.startsWith('polling/'));
