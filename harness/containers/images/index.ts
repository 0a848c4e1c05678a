export { buildImages, type Say } from './build.ts';
export { ImageStore, removeStore } from './store.ts';
export { exportImages, importImages } from './transfer.ts';
