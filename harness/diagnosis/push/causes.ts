import { jobContainers } from '../../kit/docker/job-containers.ts';
import { traceLines } from '../../kit/job/trace.ts';
import type { Evidence } from '../../ledger/index.ts';
import { askedFor, daemonCallsAtProxy } from './daemon-calls.ts';

/** A cause that people report, in words for whoever has to mend it. */
interface Cause {
  readonly isMet: (evidence: Evidence, trace: string) => boolean;
  readonly says: string;
}

const PROXY = /^https?_proxy=./i;

const serviceHasProxy = (evidence: Evidence): boolean =>
  jobContainers(evidence, 'service').some(({ inspect }) => inspect.env.some((each) => PROXY.test(each)));

const REGISTRY = /^registry\.test:/;

const goesAround = ({ tripwire }: Evidence): boolean => tripwire.some(({ to }) => REGISTRY.test(to));

/** From the most particular to the least. */
const CAUSES: readonly Cause[] = [
  {
    isMet: (evidence) => daemonCallsAtProxy(evidence).length > 0,
    says: 'The docker CLI has sent its calls for the daemon to the proxy, which cannot reach dind: NO_PROXY in the job does not have the name of the daemon. Write NO_PROXY=docker:2375,docker:2376 beside the other proxy variables',
  },
  {
    isMet: (evidence) => goesAround(evidence) && !serviceHasProxy(evidence),
    says: "dind's daemon has gone to the registry without the proxy: it takes its proxy from the environment of the service container, which has no proxy variables. Neither those of the job's own container nor those of the host's daemon count for it",
  },
  {
    isMet: goesAround,
    says: "dind's daemon has gone to the registry without the proxy though it has proxy variables: its NO_PROXY covers the registry",
  },
  {
    isMet: (_, trace) => /x509: certificate signed by unknown authority/.test(trace),
    says: "dind's daemon does not trust the registry's certificate: it looks in /etc/docker/certs.d/HOST:PORT/ca.crt of the service container, and nowhere else",
  },
  {
    isMet: (_, trace) => /server gave HTTP response to HTTPS client/.test(trace),
    says: "dind's daemon takes the registry for an https one: give it --insecure-registry HOST:PORT as a command of the service",
  },
  {
    isMet: (evidence, trace) =>
      /Proxy Authentication Required/.test(trace) ||
      evidence.proxy.findLast((each) => REGISTRY.test(askedFor(each)))?.status === 407,
    says: 'The proxy has refused the credentials in the proxy variables; special characters in them must be percent-encoded',
  },
  {
    isMet: (_, trace) => /Cannot connect to the Docker daemon/.test(trace),
    says: 'Nobody answers where DOCKER_HOST says: dind did not start, or listens on another port (2376 with DOCKER_TLS_CERTDIR, 2375 when that is empty)',
  },
];

/** What the ledger knows of why a job that pushes failed; undefined when it is none of the known causes. */
export function pushCause(evidence: Evidence): string | undefined {
  const trace = traceLines(evidence).join('\n');
  return CAUSES.find(({ isMet }) => isMet(evidence, trace))?.says;
}
