export { dropIn, dropInPath, type ProxiedService } from './drop-in.ts';
export { type Assignment, type Dropped, readEnvironment } from './read.ts';
export { readShown, showEnvironment } from './shown.ts';
