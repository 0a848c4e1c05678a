import { mutantTable } from './_table.ts';

mutantTable(3, 4);
