import type { CasePlan, PlannedRegistration } from '../plan/plan.ts';

/** What is changed elsewhere than in the machine's files. */
export type Beyond =
  /** The runner is registered in another way. */
  | { readonly what: 'registration'; readonly registers: PlannedRegistration }
  /** The proxy answers for a host. */
  | { readonly what: 'allowed'; readonly host: string }
  /** GitLab no longer limits. */
  | { readonly what: 'limit-raised' }
  /** Another runner takes the place of the customer's. */
  | { readonly what: 'upgrade' };

type Changed = { readonly beyond?: Beyond };

/** A plan with what candidates change beyond files. */
export const planBeyond = (plan: CasePlan, candidates: readonly Changed[]): CasePlan =>
  candidates.reduce((changed, { beyond }) => (beyond ? changedBy(changed, beyond) : changed), plan);

function changedBy(plan: CasePlan, beyond: Beyond): CasePlan {
  const { silentFor = [], limits } = plan.elsewhere;
  switch (beyond.what) {
    case 'registration':
      return { ...plan, registers: beyond.registers };
    case 'allowed':
      return {
        ...plan,
        elsewhere: { ...plan.elsewhere, silentFor: silentFor.filter((host) => host !== beyond.host) },
      };
    case 'limit-raised':
      return { ...plan, elsewhere: limits ? { silentFor } : plan.elsewhere };
    default:
      return plan;
  }
}

/** Whether another runner is to take the place of the customer's. */
export const upgrades = (candidates: readonly Changed[]): boolean =>
  candidates.some(({ beyond }) => beyond?.what === 'upgrade');
