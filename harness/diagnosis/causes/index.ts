import type { Cause } from './cause.ts';
import { cntlmCauses } from './cntlm/index.ts';
import { configTomlCauses } from './config-toml/index.ts';
import { noProxyCauses } from './no-proxy/index.ts';
import { selectionCauses } from './selection/index.ts';
import { systemdCauses } from './systemd/index.ts';
import { valueCauses } from './value/index.ts';

/** The catalogue, in the order in which it is printed. */
export const causes: readonly Cause[] = [
  ...selectionCauses,
  ...valueCauses,
  ...noProxyCauses,
  ...systemdCauses,
  ...cntlmCauses,
  ...configTomlCauses,
];
