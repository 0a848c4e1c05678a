export { causes } from '../causes/index.ts';
export { causeOf, findCauses } from './find-causes.ts';
