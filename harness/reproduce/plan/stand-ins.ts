import { MACHINE_NETWORK } from '../../containers/host/index.ts';

/** Hosts that stand for such as no file names. */
export const MADE_UP = { gitlab: 'gitlab.customer.test', proxy: 'proxy.customer.test' } as const;

/** A name or address of ours that may come into a change for the customer, and what is written in its place. */
export interface StandIn {
  readonly pattern: RegExp;
  readonly placeholder: string;
  /** What the customer writes there, as half a sentence. */
  readonly means: string;
}

/** What a change for the customer must not hand on as it is. */
export const STAND_INS: readonly StandIn[] = [
  {
    pattern: /proxy\.customer\.test(?::\d+)?/g,
    placeholder: 'YOUR-PROXY:PORT',
    means: "your proxy's host and port",
  },
  { pattern: /gitlab\.customer\.test/g, placeholder: 'YOUR-GITLAB', means: "your GitLab's host" },
  {
    pattern: new RegExp(MACHINE_NETWORK.replaceAll('.', '\\.'), 'g'),
    placeholder: 'YOUR-MACHINES-ADDRESS',
    means: "the machine's own network address",
  },
];
