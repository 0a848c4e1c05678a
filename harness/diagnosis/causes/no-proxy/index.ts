import type { Cause } from '../cause.ts';
import { cacheHostMissingCause } from './cache-host-missing.ts';
import { cidrForANameCause } from './cidr-for-a-name.ts';
import { dindHostMissingCause } from './dind-host-missing.ts';
import { entryIsUrlCause } from './entry-is-url.ts';
import { everythingCause } from './everything.ts';
import { gitlabMissingCause } from './gitlab-missing.ts';
import { leadingDotMissesApexCause } from './leading-dot-misses-apex.ts';
import { loopbackMissingCause } from './loopback-missing.ts';
import { notInThisServiceCause } from './not-in-this-service.ts';
import { overriddenByJobCause } from './overridden-by-job.ts';
import { patternMatchesNothingCause } from './pattern-matches-nothing.ts';
import { portInEntryCause } from './port-in-entry.ts';
import { registryMissingCause } from './registry-missing.ts';
import { separatorWrongCause } from './separator-wrong.ts';
import { serviceAliasMissingCause } from './service-alias-missing.ts';
import { suffixStarCause } from './suffix-star.ts';
import { upperCaseOnlyCause } from './upper-case-only.ts';

export const noProxyCauses: readonly Cause[] = [
  overriddenByJobCause,
  dindHostMissingCause,
  serviceAliasMissingCause,
  cacheHostMissingCause,
  loopbackMissingCause,
  separatorWrongCause,
  entryIsUrlCause,
  portInEntryCause,
  suffixStarCause,
  patternMatchesNothingCause,
  leadingDotMissesApexCause,
  everythingCause,
  upperCaseOnlyCause,
  gitlabMissingCause,
  registryMissingCause,
  notInThisServiceCause,
  cidrForANameCause,
];
