export { buildImages, type Say } from './build.ts';
export { ImageStore } from './store.ts';
