import type { Ability } from '../subject.ts';

/** Every ability, as docs/drivers.md explains it to whoever writes a driver. */
export const ABILITIES = {
  poll: 'asks GitLab for jobs, runs them, and sends trace and state',
  script: "runs the lines of a job's script in a shell",
  register: 'has the verb register',
  verify: 'has the verb verify',
  unregister: 'has the verb unregister',
  'run-single': 'has the verb run-single: polls without a configuration file',
  git: 'gets the sources of a job with git',
  'get-sources-hook': 'runs getSourcesHook before it gets sources',
  submodules: 'gets submodules',
  lfs: 'gets LFS objects',
  upload: 'uploads artifacts',
  download: 'downloads the artifacts of earlier jobs',
  'early-trace': 'sends what a job prints within seconds, while the job goes on',
  'keep-alive': 'tells GitLab that a job which prints nothing still runs',
  concurrent: 'runs as many jobs at once as concurrent says',
  'direct-download': 'asks to be sent to object storage for a download',
  'custom-ca': 'trusts the CA in caFile',
  'certs-dir': 'trusts the CA in certsDir/HOST.crt',
  'client-certificate': 'shows clientCertificate to GitLab',
  environment: 'gives jobs the variables in environment',
  'check-interval': 'polls every checkInterval seconds',
  'graceful-stop': 'lets a running job finish at stop.graceful',
  docker: 'runs jobs in containers, as docker says',
  'pre-build-script': 'runs preBuildScript in the build container',
  cache: 'keeps caches in the S3 of cache',
  service: 'can be installed on a machine of its own: never by a driver',
} as const satisfies Record<Ability, string>;

/** Those that a driver may say it has. */
export const abilityNames = (Object.keys(ABILITIES) as Ability[]).filter((each) => each !== 'service');
