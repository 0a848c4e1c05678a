export { createFront, type Front } from './front.ts';
