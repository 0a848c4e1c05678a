import type { CaseOutcome } from '../../../conformance/outcome.ts';
import { familyOf } from '../../verdict.ts';

/** Something about a set-up that decides whether whole groups of cases can concern it. */
interface Fact {
  readonly name: string;
  /** What it can be. */
  readonly values: readonly string[];
  /** Why cases are left out with a value, as half a sentence about the reader; only for values with which some are. */
  readonly without: Readonly<Record<string, string>>;
  /** Which cases are about it. */
  readonly about: (each: CaseOutcome) => boolean;
}

const isOf =
  (...families: readonly string[]) =>
  (each: CaseOutcome): boolean =>
    families.includes(familyOf(each));

/** Axes that people know their set-up by, though the cases that are compared may not have them. */
const AXES: readonly Fact[] = [
  { name: 'proxy', values: ['basic', 'squid'], without: {}, about: () => false },
  { name: 'scheme', values: ['http', 'https'], without: {}, about: () => false },
  { name: 'auth', values: ['basic', 'digest', 'negotiate', 'ntlm'], without: {}, about: () => false },
];

/** What can be said of a set-up besides axes; what decides more than an axis does. */
export const FACTS: readonly Fact[] = [
  ...AXES,
  {
    name: 'executor',
    values: ['docker', 'shell'],
    without: { shell: 'no job of yours runs in a container' },
    about: isOf('containers', 'docker'),
  },
  {
    name: 'cntlm',
    values: ['yes', 'no'],
    without: { no: 'you use no cntlm' },
    about: (each) => isOf('cntlm')(each) || Object.values(each.axes).includes('cntlm'),
  },
  {
    name: 'interception',
    values: ['yes', 'no'],
    without: { no: 'no proxy of yours opens TLS' },
    about: isOf('tls'),
  },
  {
    name: 'dind',
    values: ['yes', 'no'],
    without: { no: 'no job of yours uses Docker in Docker' },
    about: ({ scenario, axes }) => /^docker\/(?:push|dind)|\/dind$/.test(scenario) || 'dind' in axes,
  },
  {
    name: 'rate-limit',
    values: ['yes', 'no'],
    without: { no: 'your GitLab limits no requests' },
    about: isOf('rate-limit'),
  },
];
