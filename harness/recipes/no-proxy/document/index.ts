export { clientsDocument } from './clients-document.ts';
