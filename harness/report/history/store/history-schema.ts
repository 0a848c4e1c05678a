import { z } from 'zod';
import { SCENARIO_ID } from '../../../conformance/case-id.ts';
import { outcomeNames } from '../../../conformance/outcome.ts';
import { HISTORY_FORMAT, type HistoryRun } from './history-run.ts';

const outcome = z.enum(outcomeNames as readonly [(typeof outcomeNames)[number]]);
const texts = z.record(z.string(), z.string());

const historyCase = z.object({
  outcome,
  known: z.object({ outcome, reason: z.string(), link: z.string().exactOptional() }).exactOptional(),
  reason: z.string().exactOptional(),
  steady: z.string().exactOptional(),
  wrong: z.array(z.tuple([z.string(), z.string()])).exactOptional(),
  evidence: z.array(z.string()).exactOptional(),
  like: z.string().exactOptional(),
});

/** A file of a history as it is checked when it is read. Fields that a later version has added are passed over. */
export const historySchema = z.object({
  format: z.literal(HISTORY_FORMAT),
  suite: z.string(),
  subject: z.object({ kind: z.string(), name: z.string(), version: z.string() }),
  profile: z.string(),
  generations: texts,
  startedAt: z.iso.datetime({ offset: true }),
  durationMs: z.number().min(0),
  machine: z.object({ os: z.string(), cpus: z.int().min(0), tools: texts }),
  report: z.string().exactOptional(),
  scenarios: z.record(
    z.string().regex(SCENARIO_ID, 'is no id of a scenario'),
    z.object({
      level: z.enum(['R', 'O', 'C']),
      requirement: z.string(),
      citation: z.string(),
      cases: z.record(z.string(), z.union([z.literal('pass'), historyCase])),
    }),
  ),
}) satisfies z.ZodType<HistoryRun>;
