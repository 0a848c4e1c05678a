import { glob, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findMutant, mutantNames } from '../runner/reference/mutants/index.ts';
import { AXIS_IN_ID, SCENARIO_ID } from './case-id.ts';
import { UsageError } from './errors.ts';
import type { Scenario } from './scenario.ts';
import { scenarioMisfit } from './scenario-schema.ts';
import { cameFrom, placeIn } from './source.ts';

/**
 * Loads every scenario below some directories: each `.ts` or `.js` file whose default export has an id. Files whose
 * names begin with an underscore, and those without a default export, are the scenarios' own helpers.
 * @throws UsageError for a directory that is not there, a file that cannot be loaded, an id that is there twice, a
 * mutant that does not exist
 */
export async function loadScenarios(directories: readonly string[]): Promise<readonly Scenario[]> {
  const found = new Map<string, { scenario: Scenario; file: string }>();
  for (const directory of directories) {
    for (const file of await scenarioFiles(resolve(directory))) {
      const scenario = await load(file);
      if (!scenario) continue;
      const twin = found.get(scenario.id);
      if (twin) {
        throw new UsageError(
          `The scenario id ${scenario.id} is there twice: in ${twin.file} and in ${file}. Give one of them a name of its own.`,
        );
      }
      found.set(scenario.id, { scenario, file });
    }
  }
  return [...found.values()].map((each) => each.scenario);
}

async function scenarioFiles(directory: string): Promise<string[]> {
  const info = await stat(directory).catch(() => undefined);
  if (!info?.isDirectory()) {
    throw new UsageError(`There is no directory of scenarios at ${directory}. Check the path given to --scenarios.`);
  }
  const files: string[] = [];
  for await (const name of glob('**/*.{ts,js,mts,mjs}', { cwd: directory })) {
    const base = name.split('/').at(-1) ?? name;
    if (!base.startsWith('_') && !base.endsWith('.d.ts') && !name.includes('node_modules/'))
      files.push(join(directory, name));
  }
  return files.sort();
}

async function load(file: string): Promise<Scenario | undefined> {
  let module: { default?: unknown };
  // A pipe or a device would be read for ever.
  if (!(await stat(file).catch(() => undefined))?.isFile()) {
    throw new UsageError(`The scenario file ${file} cannot be loaded: it is no regular file.`);
  }
  try {
    module = (await import(pathToFileURL(file).href)) as { default?: unknown };
  } catch (error) {
    throw new UsageError(`The scenario file ${file} cannot be loaded: ${(error as Error).message}`);
  }
  const candidate = module.default;
  if (candidate === undefined) return undefined;
  if (!isScenario(candidate)) {
    throw new UsageError(
      `The default export of ${file} is no scenario. Export scenario({ id, asks, world, act, judge, … }), or begin the file's name with an underscore.`,
    );
  }
  cameFrom(candidate, file);
  const misfit = scenarioMisfit(candidate);
  if (misfit) {
    throw new UsageError(
      `The scenario ${candidate.id} cannot be used: ${misfit.says}. It is declared in ${await placeIn(file, misfit.path)}.`,
    );
  }
  const unfit = unfitAxis(candidate);
  if (unfit !== undefined) {
    throw new UsageError(
      `The scenario ${candidate.id} in ${file} has the axis value ${unfit}, which cannot be a part of an id. Use printable characters, and none of [, ] and, in the name, =.`,
    );
  }
  const unknown = candidate.mutants.find((name) => !findMutant(name));
  if (unknown !== undefined) {
    throw new UsageError(
      `The scenario ${candidate.id} in ${file} names the mutant ${JSON.stringify(unknown)}, which the reference runner does not have. Name any of these, or none: ${mutantNames.join(', ')}.`,
    );
  }
  return candidate;
}

/** The first value of an axis that would make an id nobody can read or type. */
function unfitAxis({ axes = {} }: Scenario): string | undefined {
  return Object.entries(axes)
    .flatMap(([name, { values }]) => values.map((value) => `[${name}=${value}]`))
    .find((each) => !AXIS_IN_ID.test(each));
}

function isScenario(value: unknown): value is Scenario {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as Partial<Record<keyof Scenario, unknown>>;
  return (
    typeof candidate.id === 'string' &&
    SCENARIO_ID.test(candidate.id) &&
    (['world', 'act', 'judge', 'abilities'] as const).every((name) => typeof candidate[name] === 'function') &&
    (candidate.mutants === undefined || Array.isArray(candidate.mutants))
  );
}
