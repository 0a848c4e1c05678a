import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BUNDLE, bundlePage } from '../../build/bundle-page.ts';

it('the script of report.html is made of its sources as they are now; if not, run `npm run bundle`', () => {
  expect(readFileSync(BUNDLE, 'utf8')).toBe(bundlePage());
});
