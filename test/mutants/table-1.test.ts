import { mutantTable } from './_table.ts';

mutantTable(0, 4);
