export { type Connection, Connections } from './connections.ts';
export { listen, makeServer } from './server.ts';
