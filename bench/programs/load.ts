import { startOrigin } from './origin.ts';
import { holdPolls, releasedPolls } from './polls.ts';
import { requests } from './requests.ts';
import { answerTasks } from './tasks.ts';
import { transfer } from './transfer.ts';
import { tunnels } from './tunnels.ts';

answerTasks({
  origin: async () => (await startOrigin()).port,
  tunnels,
  requests,
  transfer,
  holdPolls,
  releasedPolls,
});
