import { writeFileSync } from 'node:fs';
import { resultsJsonSchema } from '../harness/report/index.ts';

const published = new URL('../schema/results.schema.json', import.meta.url);

writeFileSync(published, `${JSON.stringify(resultsJsonSchema(), null, 2)}\n`);
