import { z } from 'zod';
import { type Misfit, misfit, oneOf, type Shape } from '../schema/index.ts';
import type { Level } from './level.ts';
import type { Axis, PeerMutant, Scenario } from './scenario.ts';

const text = z.string();
const anyFunction = z.custom((value) => typeof value === 'function', 'expected a function');
const aFunction = <T>(): z.ZodType<T> => anyFunction as z.ZodType<T>;
const maybeFunction = anyFunction.exactOptional() as z.ZodType;

const axis = z.strictObject({
  values: z.array(text).min(1).readonly(),
  default: text.exactOptional(),
} satisfies Shape<Axis>);

const peerMutant = z.strictObject({
  name: text,
  says: text,
  finding: z.instanceof(RegExp).exactOptional(),
  axes: z.record(text, text).exactOptional(),
  world: maybeFunction,
  act: maybeFunction,
} satisfies Record<keyof PeerMutant, z.ZodType>);

/** The schema of a scenario's declaration. */
export const scenarioSchema = z.strictObject({
  id: text,
  asks: text,
  requires: z
    .strictObject({ level: oneOf<Level>({ R: true, O: true, C: true }), cites: text, holds: text })
    .exactOptional(),
  axes: z.record(text, axis).exactOptional(),
  where: maybeFunction,
  profiles: z.array(text).exactOptional(),
  needs: maybeFunction,
  abilities: aFunction(),
  waits: maybeFunction,
  work: z.number().nonnegative().exactOptional(),
  world: aFunction(),
  allows: maybeFunction,
  act: aFunction(),
  asksPage: maybeFunction,
  judge: aFunction(),
  explains: text,
  mutants: z.array(text).readonly(),
  peerMutants: z.array(peerMutant).readonly().exactOptional(),
  control: z.strictObject({ without: text, world: maybeFunction, act: maybeFunction }).exactOptional(),
} satisfies Record<keyof Scenario, z.ZodType>);

/** What in a scenario's declaration nobody would heed, or is missing. */
export const scenarioMisfit = (declaration: unknown): Misfit | undefined =>
  misfit(scenarioSchema, declaration, 'the scenario');
