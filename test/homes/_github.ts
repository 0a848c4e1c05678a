import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROOT, scratch } from '../cli/_tool.ts';

/** `action.yml`, as it is. */
export const actionDocument: unknown = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));

const texts = z.record(z.string(), z.string());
const action = z.object({
  inputs: z.record(z.string(), z.object({ description: z.string(), default: z.string() })),
  outputs: z.record(z.string(), z.object({ value: z.string() })),
  runs: z.object({
    steps: z.array(
      z.object({
        id: z.string().optional(),
        if: z.string().optional(),
        uses: z.string().optional(),
        with: texts.default({}),
        env: texts.default({}),
        run: z.string().optional(),
      }),
    ),
  }),
});

const { inputs: declared, outputs, runs } = action.parse(actionDocument);
export const actionInputs: readonly string[] = Object.keys(declared);

/** What came of a job that uses the action. */
export interface ActionRun {
  readonly failed: boolean;
  readonly out: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Steps that use other actions, which are not run here: their names and what they are given. */
  readonly used: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[];
}

type Contexts = Readonly<Record<string, string>>;

/**
 * Runs the action's steps as GitHub's runner does: expressions put in, bash with `-e` and `pipefail`, outputs and the summary
 * by way of files.
 * @param given what the workflow says under `with`
 * @param matrix the job's place in its matrix, from 0
 */
export async function useAction(
  cwd: string,
  given: Readonly<Record<string, string>>,
  { matrix = 0, env = {} }: { readonly matrix?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ActionRun> {
  await using place = await scratch();
  const files = place.dir;
  const contexts: Record<string, string> = {
    'github.action_path': ROOT.replace(/\/$/, ''),
    'strategy.job-index': `${matrix}`,
  };
  for (const [name, { default: value }] of Object.entries(declared)) contexts[`inputs.${name}`] = given[name] ?? value;
  const summary = join(files, 'summary');
  await writeFile(summary, '');
  const used: { uses: string; with: Record<string, string> }[] = [];
  let [failed, out] = [false, ''];
  for (const step of runs.steps) {
    if (!wanted(step.if, failed, contexts)) continue;
    if (step.uses !== undefined) {
      used.push({ uses: step.uses, with: filledIn(step.with, contexts) });
      continue;
    }
    const output = join(files, 'output');
    await writeFile(output, '');
    const done = await execa('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''], {
      cwd,
      env: { GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary, ...env, ...filledIn(step.env, contexts) },
      reject: false,
      all: true,
    });
    failed ||= done.exitCode !== 0;
    out += done.all;
    for (const [, name = '', value = ''] of (await readFile(output, 'utf8')).matchAll(/^([\w-]+)=(.*)$/gm))
      contexts[`steps.${step.id}.outputs.${name}`] = value;
  }
  const values = Object.entries(outputs).map(([name, { value }]) => [name, expanded(value, contexts)] as const);
  return { failed, out, outputs: Object.fromEntries(values), summary: await readFile(summary, 'utf8'), used };
}

const filledIn = (all: Readonly<Record<string, string>>, contexts: Contexts): Record<string, string> =>
  Object.fromEntries(Object.entries(all).map(([name, text]) => [name, expanded(text, contexts)]));

/** What is not known is empty, as with GitHub. */
const expanded = (text: string, contexts: Contexts): string =>
  text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => contexts[name] ?? '');

/** A step without a condition runs where nothing has failed. Conditions here are of `always()` and an input that is not ''. */
function wanted(condition: string | undefined, failed: boolean, contexts: Contexts): boolean {
  if (condition === undefined) return !failed;
  const [, name] = /^\$\{\{ always\(\) && ([\w.-]+) != '' \}\}$/.exec(condition) ?? [];
  if (name === undefined) throw new Error(`a condition that this cannot read: ${condition}`);
  return (contexts[name] ?? '') !== '';
}
