import { randomBytes } from 'node:crypto';
import { parseDocument, stringify } from 'yaml';
import { z } from 'zod';
import { planSchema } from '../gitlab/spec-schema.ts';
import type { ProxySpec } from '../proxy/spec.ts';
import { type WorldSpec, worldMisfit } from '../world/index.ts';
import { type LabStep, stepSchema } from './actions.ts';
import { PRESET_NAMES } from './presets.ts';
import { problemsOf } from './problems.ts';

/** What is stood up, and what is done in it. */
export interface LabDeclaration {
  readonly world: WorldSpec;
  /** The name of a plan that GitLab follows from the start. */
  readonly rateLimit?: (typeof PRESET_NAMES)[number];
  /** Whether a cntlm stands on docker0's address, as the page has it; for a world with Docker whose proxy asks for NTLM. */
  readonly cntlm?: boolean;
  /** What is to be done again, in the order of their moments. */
  readonly steps: readonly LabStep[];
}

const fileSchema = z.strictObject({
  world: z.record(z.string(), z.unknown()).optional(),
  rateLimit: z.enum(PRESET_NAMES).optional(),
  plan: planSchema.optional(),
  cntlm: z.boolean().optional(),
  steps: z.array(stepSchema).optional(),
});

/** What is in a lab where nobody says it: a proxy that asks for credentials, and a GitLab with a repository and polls that are held. */
export const USUAL_REPOSITORY = 'group/project';

/**
 * Reads the declaration of a lab: a world as scenarios declare one, in YAML, with what is to be done in it.
 * @throws RangeError that says what in it means nothing
 */
export function readDeclaration(text: string): LabDeclaration {
  const document = parseDocument(text, { prettyErrors: true });
  const [problem] = document.errors;
  if (problem) throw new RangeError(`it is no YAML: ${problem.message.split('\n', 1)[0]}`);
  const { data, error } = fileSchema.safeParse(document.toJS() ?? {});
  if (error) throw new RangeError(`it is no lab: ${problemsOf(error)}`);
  const world = withPasswords(data.world ?? {});
  const misfit = worldMisfit(world);
  if (misfit) throw new RangeError(misfit.says);
  const spec = world as WorldSpec;
  return {
    world: data.plan ? { ...spec, gitlab: { ...spec.gitlab, plan: data.plan } } : spec,
    ...(data.rateLimit === undefined ? {} : { rateLimit: data.rateLimit }),
    ...(data.cntlm ? { cntlm: true } : {}),
    steps: data.steps ?? [],
  };
}

/** What a cntlm lacks in a lab that is to have one, as a sentence. */
export const cntlmLacks = ({ cntlm, world }: Pick<LabDeclaration, 'cntlm' | 'world'>): string | undefined =>
  cntlm && (!world.docker || world.proxy?.auth?.scheme !== 'ntlm')
    ? 'cntlm stands on docker0, before a proxy that asks for NTLM: --docker --auth ntlm --cntlm.'
    : undefined;

/** Passwords that a file leaves out are made up: a case that is handed on has none. */
function withPasswords(world: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(world).map(([key, value]) => {
    if (!isMap(value) || !isMap(value['auth']) || 'password' in value['auth']) return [key, value];
    return [key, { ...value, auth: { user: madeUpUser(), ...value['auth'], password: madeUpPassword() } }];
  });
  return Object.fromEntries(entries);
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const madeUpUser = (): string => `user-${randomBytes(4).toString('hex')}`;
export const madeUpPassword = (): string => randomBytes(15).toString('base64url');

/** Writes what `readDeclaration` reads, without passwords. */
export function writeDeclaration({ world, rateLimit, cntlm, steps }: LabDeclaration): string {
  return stringify({
    world: withoutPasswords(world),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(cntlm ? { cntlm } : {}),
    ...(steps.length === 0 ? {} : { steps }),
  });
}

function withoutPasswords(world: WorldSpec): Readonly<Record<string, unknown>> {
  const without = (spec: ProxySpec | undefined): object => {
    if (!spec?.auth) return { ...spec };
    const { password: _, ...auth } = spec.auth;
    return { ...spec, auth };
  };
  return {
    ...world,
    ...(world.proxy ? { proxy: without(world.proxy) } : {}),
    ...(world.standby ? { standby: without(world.standby) } : {}),
  };
}
