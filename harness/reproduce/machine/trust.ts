import type { World } from '../../world/index.ts';
import { GATEWAY_CA, LOCAL_CERTIFICATES } from '../plan/gateway.ts';
import type { CasePlan, Distrusting } from '../plan/plan.ts';

/** Where programs look for the authorities that they trust; containers of jobs are mounted the directory. */
const STORE = '/etc/ssl/certs/ca-certificates.crt';
/** The same without the CA of a proxy that opens TLS. */
const WITHOUT_GATEWAY = '/etc/ssl/proxyproof/without-gateway.crt';

/** Where the docker CLI of a job finds the authority of an engine elsewhere; jobs are mounted what is below the store. */
export const ENGINE_CERTIFICATES = '/etc/ssl/certs/engine';

const UNITS: Partial<Readonly<Record<Distrusting, string>>> = { runner: 'gitlab-runner', daemon: 'docker' };

/** What containers of jobs are mounted where they do not trust the proxy's CA. */
const JOBS_STORE = '/etc/ssl/proxyproof/jobs';
const IN_CONTAINERS = '/etc/ssl/certs';

/** How containers of jobs get the machine's store, as a volume. */
export const storeVolume = (distrusting: Distrusting | undefined): string =>
  `${distrusting === 'helper' || distrusting === 'job' ? JOBS_STORE : IN_CONTAINERS}:${IN_CONTAINERS}:ro`;

/**
 * The machine's store: the authority that stands for public ones, and that of a proxy that opens TLS. A service that does not trust the
 * latter is given a store without it.
 */
export function storeFiles(
  world: World,
  { distrusting, gitlab }: Pick<CasePlan, 'distrusting' | 'gitlab'>,
): Readonly<Record<string, string>> {
  const own = world.gitlab.caPem ?? world.registry.caPem ?? '';
  const store = [own, gatewayCa(world) ?? ''].join('\n');
  const files = { [STORE]: store, [`${ENGINE_CERTIFICATES}/ca.pem`]: store };
  if (!distrusting) return files;
  const unit = UNITS[distrusting];
  if (unit === undefined)
    return {
      ...files,
      [`${JOBS_STORE}/ca-certificates.crt`]: own,
      [`${JOBS_STORE}/engine/ca.pem`]: store,
      // From there the runner hands it to the helper (GitLab's page on self-signed certificates).
      ...(distrusting === 'job' ? { [`/etc/gitlab-runner/certs/${gitlab.host}.crt`]: store } : {}),
    };
  return {
    ...files,
    [WITHOUT_GATEWAY]: own,
    // A Go program looks into a directory, too (crypto/x509, root_unix.go): into that from which a person fills the store.
    [`/etc/systemd/system/${unit}.service.d/00-store.conf`]: `[Service]\nEnvironment=SSL_CERT_FILE=${WITHOUT_GATEWAY} SSL_CERT_DIR=${LOCAL_CERTIFICATES}\n`,
  };
}

/** A file's content with the CA that it names. */
export const withGatewayCa = (world: World, content: string): string =>
  content.replaceAll(GATEWAY_CA, gatewayCa(world) ?? GATEWAY_CA);

const gatewayCa = ({ proxy }: World): string | undefined => proxy.interceptor?.caPem;
