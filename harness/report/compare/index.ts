export { comparisonAsJson } from './as-json.ts';
export { comparisonAsMarkdown } from './as-markdown.ts';
export { comparisonAsText } from './as-text.ts';
export { compareRuns } from './comparison.ts';
export { comparisonPage } from './page/page.ts';
export { isWorse, type VersionComparison } from './pages.ts';
export { comparisonJsonSchema } from './schema.ts';
