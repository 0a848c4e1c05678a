export { labPage, type ServedPage } from './page.ts';
