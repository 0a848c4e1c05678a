export { isConnectionLost } from './connection-lost.ts';
export { Connections } from './connections.ts';
export { wrongHost } from './named-host.ts';
export { listen, makeServer, type OnMalformed } from './server.ts';
