import { styleText } from 'node:util';
import { type Case, expand } from '../conformance/cases.ts';
import { UsageError } from '../conformance/errors.ts';
import { matchesCase } from '../conformance/glob.ts';
import { missingHere } from '../conformance/needs.ts';
import { firstProfile } from '../profile/index.ts';
import { printable } from '../report/terminal/printable.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { hasColour } from './has-colour.ts';
import { flag, profileOr, SCENARIOS } from './options.ts';
import { print } from './print.ts';
import { scenariosFor } from './scenarios.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = {
  profile: profileOr(firstProfile),
  cases: flag('lists every case with its axes, rather than every scenario'),
  scenarios: SCENARIOS,
} as const;

/** `proxyproof list`. */
export const list = verb({
  options,
  examples: ["list 'polling/*'"],
  act,
});

async function act(invocation: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { args: globs, terminal } = invocation;
  const { cases: single, profile = firstProfile } = invocation.options;
  const scenarios = await scenariosFor(invocation);
  const cases = expand(scenarios, profile).filter(
    (each) => globs.length === 0 || globs.some((glob) => matchesCase(glob, each)),
  );
  if (cases.length === 0) {
    throw new UsageError(`No scenario is called ${globs.join(' or ')}. See proxyproof list for all of them.`);
  }
  const rows = single ? cases.map((each) => [each]) : grouped(cases);
  const lines = rows.map((row) => describe(row, single).map(printable));
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const colour = hasColour(terminal);
  for (const line of lines) {
    const cells = line.map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell));
    const text = `${cells.join('  ')}\n`;
    terminal.stdout.write(colour && line[2] !== 'runs here' ? styleText('dim', text) : text);
  }
  print(
    terminal.stdout,
    `${grouped(cases).length} scenarios, ${cases.length} cases under profile ${profile}. R required, O recommended, C check.\n`,
  );
  return EXIT.ok;
}

function grouped(cases: readonly Case[]): Case[][] {
  return [...Map.groupBy(cases, (each) => each.scenario.id).values()];
}

function describe(cases: readonly Case[], single: boolean): string[] {
  const [first] = cases;
  if (!first) return [];
  const needs = [...new Set(cases.flatMap((each) => each.scenario.needs?.(each) ?? []))];
  const missing = needs.map(missingHere).filter((each) => each !== undefined);
  const here = missing.length > 0 ? `needs ${missing.join(', ')}` : 'runs here';
  const count = single || cases.length === 1 ? '' : `${cases.length} cases; `;
  return [
    first.level,
    single ? first.id : first.scenario.id,
    here,
    `${count}${needs.length > 0 ? `uses ${needs.join(', ')}; ` : ''}${first.citation}`,
  ];
}
