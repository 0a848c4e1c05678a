import { resolve } from 'node:path';
import { HOST_CHOICE } from '../../generations/index.ts';
import type { Terminal } from '../exit.ts';
import type { RunPlan } from '../plan.ts';
import { packageVersion } from '../version.ts';
import { directoryFingerprint, subjectFingerprint, suiteFingerprint } from './fingerprint.ts';
import type { RunKey } from './run-store.ts';

/** What the outcomes of a plan go by. */
export async function keyOf({ driver, profile, options }: RunPlan, { cwd }: Terminal): Promise<RunKey> {
  const { kind, version, path } = driver.identity;
  const { docker, images, squid } = options.generation ?? HOST_CHOICE;
  const own = options.scenarios === undefined ? '' : await directoryFingerprint(resolve(cwd, options.scenarios));
  const subject = path.split(':')[0] === kind ? path : kind;
  return {
    name: `${subject}-${version}`,
    profile,
    parts: [
      await subjectFingerprint(driver),
      packageVersion(),
      await suiteFingerprint(),
      own,
      [docker, images, squid].join(','),
      options.images,
    ],
  };
}
