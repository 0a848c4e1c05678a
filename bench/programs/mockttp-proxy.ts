import { getLocal, type Mockttp } from 'mockttp';
import { answerTasks } from './tasks.ts';

let server: Mockttp | undefined;

answerTasks({
  start: async () => {
    await server?.stop();
    // It would look into a tunnel; one whose protocol it does not know it passes on as it is, which costs it least.
    server = getLocal({ passthrough: ['unknown-protocol'] });
    await server.start();
    await server.forUnmatchedRequest().thenPassThrough();
    return server.port;
  },
});
