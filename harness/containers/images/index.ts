export { buildImages } from './build.ts';
export { clearStore } from './clear-store.ts';
export type { Making, Say } from './making.ts';
export { type OfficialImages, officialImages, useOfficial } from './official.ts';
export { useOwnHelper } from './own-helper.ts';
export { type ImagePrograms, imagePrograms } from './programs.ts';
export { removeStore } from './remove-store.ts';
export { ImageStore } from './store.ts';
export { exportImages, importImages } from './transfer.ts';
