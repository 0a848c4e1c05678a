export { counted } from '../conformance/authoring.ts';
