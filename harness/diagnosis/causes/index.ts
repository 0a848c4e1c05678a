import { authCauses } from './auth/index.ts';
import { bodyCauses } from './body/index.ts';
import type { Cause } from './cause.ts';
import { cntlmCauses } from './cntlm/index.ts';
import { configTomlCauses } from './config-toml/index.ts';
import { daemonJsonCauses } from './daemon-json/index.ts';
import { dindCauses } from './dind/index.ts';
import { dockerConfigCauses } from './docker-config/index.ts';
import { envFileCauses } from './env-file/index.ts';
import { gitCauses } from './git/index.ts';
import { jobToolsCauses } from './job-tools/index.ts';
import { noProxyCauses } from './no-proxy/index.ts';
import { rateLimitCauses } from './rate-limit/index.ts';
import { registryCauses } from './registry/index.ts';
import { selectionCauses } from './selection/index.ts';
import { systemdCauses } from './systemd/index.ts';
import { tlsCauses } from './tls/index.ts';
import { valueCauses } from './value/index.ts';
import { versionsCauses } from './versions/index.ts';

/** The catalogue, in the order in which it is printed. */
export const causes: readonly Cause[] = [
  ...selectionCauses,
  ...valueCauses,
  ...noProxyCauses,
  ...systemdCauses,
  ...envFileCauses,
  ...daemonJsonCauses,
  ...dockerConfigCauses,
  ...versionsCauses,
  ...cntlmCauses,
  ...configTomlCauses,
  ...authCauses,
  ...tlsCauses,
  ...bodyCauses,
  ...rateLimitCauses,
  ...registryCauses,
  ...gitCauses,
  ...dindCauses,
  ...jobToolsCauses,
];
