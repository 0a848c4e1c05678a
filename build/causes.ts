import { writeFileSync } from 'node:fs';
import { causes } from '../harness/diagnosis/index.ts';
import { causesDocument } from '../harness/report/diagnosis/causes-document.ts';

writeFileSync(new URL('../docs/causes.md', import.meta.url), causesDocument(causes));
