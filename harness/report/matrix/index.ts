export { matrixJson } from './as-json.ts';
export { matrixText } from './as-text.ts';
export type { MatrixRun } from './column.ts';
export { type Matrix, matrixOf } from './matrix.ts';
export { matrixPage } from './page.ts';
