import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BUNDLES, bundlePage } from '../../build/bundle-page.ts';

it.each(BUNDLES)(
  'the script of $page is made of its sources as they are now; if not, run `npm run bundle`',
  (bundle) => {
    expect(readFileSync(bundle.kept, 'utf8')).toBe(bundlePage(bundle));
  },
);
