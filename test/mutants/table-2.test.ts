import { mutantTable } from './_table.ts';

mutantTable(1, 4);
