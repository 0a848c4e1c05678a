export { type Advice, advise, type ClientAnswer, listed, type SuggestedValue } from './advice/index.ts';
export { type Choice, choiceText } from './choice.ts';
export type { Env } from './client.ts';
export { type Disagreement, disagreements } from './disagreements.ts';
export {
  clientsDocument,
  columns,
  noProxyStatements,
  type Statement,
  tally,
  variableStatements,
} from './document/index.ts';
export { type Measurement, readMeasured, readProbe, writeMeasured } from './measured.ts';
export { CLIENT_IDS, type Client, type ClientId, clientOf, clients } from './models/index.ts';
export { type Cell, cells, dockerCells, type MeasuredCell, probeInput } from './table.ts';
export { parseTarget, type Target } from './target.ts';
export { comesBefore } from './versions.ts';
