import { getLocal, type Mockttp } from 'mockttp';
import { answerTasks } from './tasks.ts';

let server: Mockttp | undefined;

answerTasks({
  start: async () => {
    await server?.stop();
    // HTTP in a tunnel is handled as any request; only what it does not know at all is passed on as it is.
    server = getLocal({ passthrough: ['unknown-protocol'] });
    await server.start();
    await server.forUnmatchedRequest().thenPassThrough();
    return server.port;
  },
});
