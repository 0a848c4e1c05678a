export { checkDropIn } from './check.ts';
export { dropIn, dropInPath, type ProxiedService } from './drop-in.ts';
export { checkLoaded, type LoadedService, readShown, showEnvironment } from './loaded.ts';
export { type Assignment, type Dropped, readEnvironment } from './read.ts';
