import type { Evidence } from '../../ledger/index.ts';
import { askedFor, daemonCallsAtProxy } from './daemon-calls.ts';

/** What is known of a job that pushes an image by a dind service. */
export interface PushRecord {
  readonly evidence: Evidence;
  /** The job's trace, its lines joined. */
  readonly trace: string;
  /** The environment of each of the job's service containers, as `docker inspect` shows it: `NAME=value`. */
  readonly serviceEnvironments: readonly (readonly string[])[];
}

/** A cause that people report, in words for whoever has to mend it. */
interface PushCause {
  /** That of the catalogue, where it has this one: what a record shows, files may show beforehand. */
  readonly id?: string;
  readonly isMet: (record: PushRecord) => boolean;
  readonly says: string;
}

const PROXY = /^https?_proxy=./i;

const serviceHasProxy = ({ serviceEnvironments }: PushRecord): boolean =>
  serviceEnvironments.some((environment) => environment.some((each) => PROXY.test(each)));

const REGISTRY = /^registry\.test:/;

const goesAround = ({ evidence }: PushRecord): boolean => evidence.tripwire().some(({ to }) => REGISTRY.test(to));

/** From the most particular to the least. */
const CAUSES: readonly PushCause[] = [
  {
    id: 'no-proxy/dind-host-missing',
    isMet: ({ evidence }) => daemonCallsAtProxy(evidence).length > 0,
    says: 'The docker CLI has sent its calls for the daemon to the proxy, which cannot reach dind: NO_PROXY in the job does not have the name of the daemon. Write NO_PROXY=docker:2375,docker:2376 beside the other proxy variables',
  },
  {
    id: 'dind/service-without-proxy',
    isMet: (record) => goesAround(record) && !serviceHasProxy(record),
    says: "dind's daemon has gone to the registry without the proxy: it takes its proxy from the environment of the service container, which has no proxy variables. Neither those of the job's own container nor those of the host's daemon count for it",
  },
  {
    isMet: goesAround,
    says: "dind's daemon has gone to the registry without the proxy though it has proxy variables: its NO_PROXY covers the registry",
  },
  {
    isMet: ({ trace }) => /x509: certificate signed by unknown authority/.test(trace),
    says: "dind's daemon does not trust the registry's certificate: it looks in /etc/docker/certs.d/HOST:PORT/ca.crt of the service container, and nowhere else",
  },
  {
    isMet: ({ trace }) => /server gave HTTP response to HTTPS client/.test(trace),
    says: "dind's daemon speaks https to the registry: give it --insecure-registry HOST:PORT as a command of the service",
  },
  {
    id: 'auth/wrong-credentials',
    isMet: ({ evidence, trace }) =>
      /Proxy Authentication Required/.test(trace) ||
      evidence.proxy().findLast((each) => REGISTRY.test(askedFor(each)))?.status === 407,
    says: 'The proxy has refused the credentials in the proxy variables; special characters in them must be percent-encoded',
  },
  {
    id: 'dind/tls-port-mismatch',
    isMet: ({ trace }) => /Cannot connect to the Docker daemon/.test(trace),
    says: 'Nobody answers where DOCKER_HOST says: dind did not start, or listens on another port (2376 with DOCKER_TLS_CERTDIR, 2375 when that is empty)',
  },
];

/**
 * Why a job that pushes failed, as far as its record tells, with the cause's id in the catalogue; undefined when it is none of the
 * known causes.
 */
export function explainPush(record: PushRecord): string | undefined {
  const cause = CAUSES.find(({ isMet }) => isMet(record));
  return cause && (cause.id === undefined ? cause.says : `${cause.says} (${cause.id})`);
}

/** The ids that an explanation may name. */
export const PUSH_CAUSE_IDS: readonly string[] = CAUSES.flatMap(({ id }) => id ?? []);
