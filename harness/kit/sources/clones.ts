import { check, type Finding } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { jobContainers } from '../docker/job-containers.ts';
import { endsAs } from '../job/ends-as.ts';
import { jobTaken } from '../through-proxy/job-taken.ts';
import { nothingDirect } from '../through-proxy/nothing-direct.ts';
import { throughProxy } from '../through-proxy/through-proxy.ts';

/** That the job got its sources, and by the proxy alone; without a job the question could not be put. */
export function clonesThroughProxy(evidence: Evidence, more: () => readonly Finding[] = () => []): readonly Finding[] {
  const untaken = jobTaken(evidence);
  if (untaken) return [untaken, nothingDirect(evidence)];
  return [
    ...helperHasProxy(evidence),
    endsAs(evidence, 'success'),
    ...throughProxy(evidence, ['git'], 'git requests'),
    ...more(),
  ];
}

const SET = /^https?_proxy=./i;

/** Why a clone in the helper container may fail, said first; nothing where there is no such container. */
function helperHasProxy(evidence: Evidence): Finding[] {
  const helpers = jobContainers(evidence, 'helper');
  const without = helpers.filter(({ inspect }) => !inspect.env.some((entry) => SET.test(entry)));
  if (helpers.length === 0) return [];
  return [
    check(
      without.length === 0,
      'the helper container, which gets the sources, has proxy variables',
      without.length === 0
        ? 'it has'
        : "it has none: `environment` of config.toml feeds containers, the variables of the runner's unit feed the runner alone",
      ...(without.length === 0 ? helpers.slice(0, 1) : without),
    ),
  ];
}
