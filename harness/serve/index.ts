export type { LabAction } from './actions.ts';
export {
  cntlmLacks,
  type LabDeclaration,
  madeUpPassword,
  madeUpUser,
  readDeclaration,
  USUAL_REPOSITORY,
} from './declaration.ts';
export { openDoors } from './doors.ts';
export { KEPT_EVENTS, LiveLab } from './lab.ts';
export { labPage } from './page/index.ts';
export { type Handout, pastesFor, shellVariables } from './pastes.ts';
export { PRESET_NAMES, presets } from './presets.ts';
export type * from './protocol.ts';
export { replay } from './replay.ts';
export { type LabServer, serveLab } from './server.ts';
