import { Server } from 'proxy-chain';
import { CREDENTIALS } from './credentials.ts';
import { answerTasks } from './tasks.ts';

let server: Server | undefined;

answerTasks({
  start: async ({ originPort }: { originPort: number }) => {
    await server?.close(true);
    server = new Server({
      host: '127.0.0.1',
      port: 0,
      prepareRequestFunction: ({ username, password, hostname, port }) => {
        if (username !== CREDENTIALS.user || password !== CREDENTIALS.password) return { requestAuthentication: true };
        if (hostname !== '127.0.0.1' || port !== originPort) throw new Error('This proxy leads to one origin only.');
        return {};
      },
    });
    await server.listen();
    return server.port;
  },
});
