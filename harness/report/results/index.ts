export { readResults } from './read.ts';
export { resultsJsonSchema, resultsSchema } from './schema.ts';
export { writeResults } from './write.ts';
