import { writeFileSync } from 'node:fs';
import { comparisonJsonSchema } from '../harness/report/compare/index.ts';
import { checkJsonSchema } from '../harness/report/diagnosis/schema.ts';
import { resultsJsonSchema } from '../harness/report/index.ts';
import { matrixJsonSchema } from '../harness/report/matrix/schema.ts';
import { reproductionJsonSchema } from '../harness/report/reproduction/schema.ts';
import { driverJsonSchema } from '../harness/runner/driver/schema.ts';

const publish = (name: string, schema: Record<string, unknown>): void =>
  writeFileSync(new URL(`../schema/${name}.schema.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);

publish('results', resultsJsonSchema());
publish('check', checkJsonSchema());
publish('reproduce', reproductionJsonSchema());
publish('compare', comparisonJsonSchema());
publish('matrix', matrixJsonSchema());
publish('driver', driverJsonSchema());
