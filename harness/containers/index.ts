export { shimFile } from './contexts.ts';
export type { StartProgram, TrustedCertificate } from './engine/daemon.ts';
export { type DataRoot, makeDataRoot, type StartingImages } from './engine/data-root.ts';
export { createEngine } from './engine/engine.ts';
export { engineSocket } from './engine/socket-path.ts';
export type { ContainerSpec, Engine, ExecResult, RunningContainer } from './handle.ts';
export {
  buildImages,
  clearStore,
  exportImages,
  type ImagePrograms,
  ImageStore,
  imagePrograms,
  importImages,
  type OfficialImages,
  officialImages,
  removeStore,
  type Say,
  useOfficial,
  useOwnHelper,
  useStore,
} from './images/index.ts';
export type { DockerSpec, ImageName } from './spec.ts';
