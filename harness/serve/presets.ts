import type { Answer, Plan, PlannedFailure } from '../gitlab/plan.ts';
import type { PlanPreset } from './protocol.ts';

/** How far ahead a valid reset time is, in seconds. */
const AHEAD_S = 10;

const LIMITED = ['job', 'trace', 'update'] as const;

const once = (give: Answer): Plan => [{ on: LIMITED, times: 1, give }];
const ofPolls = (times: number | 'ever', give: Answer | PlannedFailure): Plan => [{ on: 'job', times, give }];

export const PRESET_NAMES = [
  'reset-time-valid',
  'reset-time-invalid',
  'reset-time-absent',
  'reset-time-past',
  'retry-after',
  'limited-for-ever',
  'unavailable',
  'hangs',
] as const;
export type PresetName = (typeof PRESET_NAMES)[number];

/** Plans that can be asked for by name. Source of the first three: “Handling rate limited requests” of the page. */
const PRESETS: Readonly<Record<PresetName, { readonly says: string; readonly plan: Plan }>> = {
  'reset-time-valid': {
    says: `The next poll, trace and update are each answered with 429 and a RateLimit-ResetTime ${AHEAD_S} s ahead.`,
    plan: once({ status: 429, resetTime: { inSeconds: AHEAD_S } }),
  },
  'reset-time-invalid': {
    says: 'The next poll, trace and update are each answered with 429 and a RateLimit-ResetTime that is no date.',
    plan: once({ status: 429, resetTime: { literal: 'in a little while' } }),
  },
  'reset-time-absent': {
    says: 'The next poll, trace and update are each answered with 429 and no RateLimit-ResetTime.',
    plan: once({ status: 429 }),
  },
  'reset-time-past': {
    says: 'The next poll, trace and update are each answered with 429 and a RateLimit-ResetTime a minute ago.',
    plan: once({ status: 429, resetTime: { inSeconds: -60 } }),
  },
  'retry-after': {
    says: `The next poll, trace and update are each answered with 429 and Retry-After: ${AHEAD_S}, as other servers do.`,
    plan: once({ status: 429, retryAfter: AHEAD_S }),
  },
  'limited-for-ever': {
    says: `Every poll is answered with 429 and a RateLimit-ResetTime ${AHEAD_S} s ahead.`,
    plan: ofPolls('ever', { status: 429, resetTime: { inSeconds: AHEAD_S } }),
  },
  unavailable: {
    says: 'The next five polls are answered with 503.',
    plan: ofPolls(5, { status: 503, body: 'text' }),
  },
  hangs: { says: 'The next poll is never answered.', plan: ofPolls(1, { hang: true }) },
};

export const presets: readonly PlanPreset[] = PRESET_NAMES.map((name) => ({ name, says: PRESETS[name].says }));

export const planOf = (name: PresetName): Plan => PRESETS[name].plan;
