import { missingHere } from '../../harness/conformance/index.ts';
import { machineIsolation } from '../../harness/world/index.ts';

const isolation = await machineIsolation();

/** Why tests of Docker engines are left out here; undefined where they run. */
export const noDocker: string | undefined = isolation.kind === 'namespace' ? missingHere('docker') : isolation.reason;
