import { getLocal, type Mockttp } from 'mockttp';
import { answerTasks } from './tasks.ts';

let server: Mockttp | undefined;

answerTasks({
  start: async () => {
    await server?.stop();
    server = getLocal();
    await server.start();
    await server
      .forPost('/api/v4/jobs/request')
      .thenReply(204, '', { 'X-GitLab-Last-Update': 'cfcd208495d565ef66e7dff9f98764da' });
    return { port: server.port, token: 'glrt-any-token-will-do' };
  },
});
