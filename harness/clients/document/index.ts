export { clientsDocument } from './clients-document.ts';
export { columns } from './columns.ts';
export { noProxyStatements, type Statement, tally, variableStatements } from './statements.ts';
