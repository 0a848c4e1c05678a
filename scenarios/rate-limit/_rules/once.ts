import {
  type Answer,
  answeredAgain,
  answerShape,
  asBlocked,
  type CaseContext,
  type Evidence,
  type Exchange,
  type Finding,
  firstAnswered,
  type LimitRule,
  limitedRequest,
  limitedRequestOf,
  type Stage,
} from '../../../harness/kit/index.ts';

/** A rule about one 429, after which requests are answered well. */
export interface OnceRule extends Pick<LimitRule, 'waitsMs' | 'asksPage'> {
  /** What the 429 says, besides its shape. */
  readonly says: (context: CaseContext) => Partial<Answer>;
  /** How long it is watched for the request to come again, in milliseconds, or how. */
  readonly watch: number | ((context: CaseContext) => number) | { readonly by: (stage: Stage) => Promise<unknown> };
  /** Whether the profile only measures this. */
  readonly measures?: (context: CaseContext) => boolean;
  /** Judges the request that was limited, and the one that came again. */
  readonly judge: (
    limited: Exchange,
    again: Exchange | undefined,
    evidence: Evidence,
    context: CaseContext,
  ) => readonly Finding[];
}

/** A rule about the first request of the case's kind, which is answered with 429 once. */
export const limitedOnce = ({ says, watch, measures, judge, ...rule }: OnceRule): LimitRule => ({
  ...rule,
  plan: (context) => [
    {
      on: limitedRequestOf(context.axes),
      times: 1,
      give: { status: 429, ...says(context), ...answerShape(context.axes) },
    },
  ],
  observe: async (stage) => {
    const kind = limitedRequestOf(stage.axes);
    await firstAnswered(stage.world, kind);
    if (typeof watch === 'object') await watch.by(stage);
    else await answeredAgain(stage.world, kind, typeof watch === 'number' ? watch : watch(stage));
  },
  judge: (evidence, context) => {
    const { limited, again, unmet } = limitedRequest(evidence, limitedRequestOf(context.axes));
    if (limited) return judge(limited, again, evidence, context);
    return measures?.(context) ? asBlocked(unmet) : unmet;
  },
});
