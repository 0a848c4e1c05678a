export { Artifacts, type EarlierJob } from './artifacts.ts';
export { filesOf } from './zip.ts';
