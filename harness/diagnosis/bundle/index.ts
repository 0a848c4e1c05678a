export { isArchive } from './archive.ts';
export type { Bundle } from './bundle.ts';
