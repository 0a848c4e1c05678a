export { describe } from './describe.ts';
export { contractDriver } from './driver.ts';
