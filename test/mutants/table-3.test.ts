import { mutantTable } from './_table.ts';

mutantTable(2, 4);
