export { buildImages, type Say } from './build.ts';
export { type OfficialImages, officialImages, useOfficial } from './official.ts';
export { useOwnHelper } from './own-helper.ts';
export { ImageStore, removeStore } from './store.ts';
export { exportImages, importImages } from './transfer.ts';
