export { harOf } from './har.ts';
