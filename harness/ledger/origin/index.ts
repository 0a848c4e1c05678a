export { Connections } from './connections.ts';
export { listen, makeServer } from './server.ts';
