import { writeFileSync } from 'node:fs';
import { BUNDLE, bundlePage } from './bundle-page.ts';

writeFileSync(BUNDLE, bundlePage());
