import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';

const strings = z.array(z.string());

const serviceSchema = z.looseObject({
  name: z.string(),
  alias: z.string().optional(),
  command: strings.optional(),
  environment: strings.optional(),
});

const runnerSchema = z.looseObject({
  name: z.string().optional(),
  url: z.string().optional(),
  executor: z.string().optional(),
  environment: strings.optional(),
  pre_clone_script: z.string().optional(),
  pre_get_sources_script: z.string().optional(),
  pre_build_script: z.string().optional(),
  docker: z
    .looseObject({
      image: z.string().optional(),
      privileged: z.boolean().optional(),
      services_privileged: z.boolean().optional(),
      services: z.array(serviceSchema).optional(),
    })
    .optional(),
});

const schema = z.looseObject({ runners: z.array(runnerSchema).optional() });

/** A config.toml as far as the page speaks of it. */
export type ReadConfigToml = z.infer<typeof schema>;
/** One of its `[[runners]]`. */
export type ReadRunner = z.infer<typeof runnerSchema>;

/** Why gitlab-runner would refuse a config.toml: half a sentence, and the line where that can be told. */
export interface UnreadableToml {
  readonly line?: number;
  readonly why: string;
}

/** Reads a config.toml, or says what is wrong with it. No text of the file is repeated: it holds tokens. */
export function readConfigToml(text: string): { readonly config: ReadConfigToml } | UnreadableToml {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ''] = error.message.split('\n');
    return { line: error.line, why: reason.replace(/^Invalid TOML document: /, '') };
  }
  const result = schema.safeParse(value);
  if (result.success) return { config: result.data };
  const [issue] = result.error.issues;
  return {
    why: `${issue?.path.join('.') || 'the whole'} has another type than the runner expects (${issue?.message})`,
  };
}
