import { writeFileSync } from 'node:fs';
import { coverageDocument } from './page/document.ts';
import { coveredPages } from './page/pages/index.ts';

writeFileSync(new URL('../docs/coverage.md', import.meta.url), coverageDocument(coveredPages));
