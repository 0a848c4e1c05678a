export { Artifacts, type EarlierJob } from './artifacts.ts';
