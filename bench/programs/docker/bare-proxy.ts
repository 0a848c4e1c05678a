/** A program for a world's namespace: proxy-chain as it is, which says a line when it listens. */
import { Server } from 'proxy-chain';

const server = new Server({ host: '192.0.2.3', port: 3128 });
await server.listen();
process.stdout.write('listening\n');
