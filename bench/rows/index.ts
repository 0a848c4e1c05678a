import type { Row } from '../row.ts';
import { buildAndPush } from './build-and-push.ts';
import { checkBundle } from './check-bundle.ts';
import { dockerSuite } from './docker-suite.ts';
import { engines } from './engines.ts';
import { firstImages } from './first-images.ts';
import { forwards } from './forwards.ts';
import { historySite } from './history-site.ts';
import { jobRequests } from './job-requests.ts';
import { labMemory } from './lab-memory.ts';
import { list } from './list.ts';
import { longPolls } from './long-polls.ts';
import { push } from './push.ts';
import { realRunner } from './real-runner.ts';
import { referenceRunner } from './reference-runner.ts';
import { suite } from './suite.ts';
import { transfer } from './transfer.ts';
import { transferMemory } from './transfer-memory.ts';
import { tunnels } from './tunnels.ts';
import { tunnelsMockttp } from './tunnels-mockttp.ts';
import { world } from './world.ts';

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [
  realRunner,
  referenceRunner,
  tunnels,
  forwards,
  transfer,
  transferMemory,
  labMemory,
  tunnelsMockttp,
  jobRequests,
  longPolls,
  world,
  list,
  checkBundle,
  historySite,
  buildAndPush,
  push,
  dockerSuite,
  engines,
  suite,
  firstImages,
];
