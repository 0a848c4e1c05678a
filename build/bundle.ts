import { writeFileSync } from 'node:fs';
import { BUNDLES, bundlePage } from './bundle-page.ts';

for (const bundle of BUNDLES) writeFileSync(bundle.kept, bundlePage(bundle));
