import type { Elsewhere } from '../plan/elsewhere.ts';
import type { CasePlan, PlannedRegistration } from '../plan/plan.ts';

/** What is changed elsewhere than in the machine's files. */
export type Beyond =
  /** The runner is registered in another way. */
  | { readonly what: 'registration'; readonly registers: PlannedRegistration }
  /** The proxy answers for a host. */
  | { readonly what: 'allowed'; readonly host: string }
  /** The proxy listens. */
  | { readonly what: 'proxy-started' }
  /** The proxy takes bodies of every size. */
  | { readonly what: 'body-limit-raised' }
  /** GitLab no longer limits. */
  | { readonly what: 'limit-raised' }
  /** Another runner takes the place of the customer's. */
  | { readonly what: 'upgrade' };

type Changed = { readonly beyond?: Beyond };

/** A plan with what candidates change beyond files. */
export const planBeyond = (plan: CasePlan, candidates: readonly Changed[]): CasePlan =>
  candidates.reduce((changed, { beyond }) => (beyond ? changedBy(changed, beyond) : changed), plan);

function changedBy(plan: CasePlan, beyond: Beyond): CasePlan {
  const { silentFor = [], refuses = [] } = plan.elsewhere;
  switch (beyond.what) {
    case 'registration':
      return { ...plan, registers: beyond.registers };
    case 'allowed':
      return without(plan, {
        silentFor: silentFor.filter((host) => host !== beyond.host),
        refuses: refuses.filter(({ host }) => host !== beyond.host),
      });
    case 'proxy-started':
      return without(plan, { proxyIsDown: undefined });
    case 'limit-raised':
      return without(plan, { limits: undefined });
    case 'body-limit-raised':
      return without(plan, { bodyLimitBytes: undefined });
    case 'upgrade':
      return plan;
  }
}

type Changes = { readonly [K in keyof Elsewhere]: Elsewhere[K] | undefined };

/** A plan with something changed elsewhere; what is undefined or empty is no more. */
const without = (plan: CasePlan, changes: Changes): CasePlan => ({
  ...plan,
  elsewhere: Object.fromEntries(
    Object.entries({ ...plan.elsewhere, ...changes }).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ),
});

/** Whether another runner is to take the place of the customer's. */
export const upgrades = (candidates: readonly Changed[]): boolean =>
  candidates.some(({ beyond }) => beyond?.what === 'upgrade');
