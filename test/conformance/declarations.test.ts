import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkWorlds, expand, loadScenarios } from '../../harness/conformance/index.ts';
import { profileNames } from '../../harness/profile/index.ts';
import { startWorld } from '../../harness/world/index.ts';
import { worldMisfit } from '../../harness/world/spec-schema.ts';

const OURS = fileURLToPath(new URL('../../scenarios', import.meta.url));

describe('our own declarations', () => {
  it('have nothing that nobody heeds, under every profile, controls and faults of peers among them', async () => {
    const scenarios = await loadScenarios([OURS]);
    for (const profile of profileNames) {
      const cases = expand(scenarios, profile);
      await checkWorlds(cases);
      for (const each of cases) {
        const { control, peerMutants = [] } = each.scenario;
        for (const other of [control, ...peerMutants]) {
          if (other?.world)
            expect(worldMisfit(other.world(each)), `${each.id} ${JSON.stringify(other)}`).toBeUndefined();
        }
      }
    }
  });
});

describe("a team's declaration", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'proxyproof-declarations-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const REST = "act: async () => {}, judge: () => [], mutants: [], explains: 'It says nothing.',";
  const declare = (lines: readonly string[]): Promise<void> =>
    writeFile(
      join(dir, 'own.js'),
      [
        'export default {',
        "  id: 'team/own', asks: 'Is it so?', abilities: () => [],",
        "  requires: { level: 'R', cites: 'us', holds: 'It is so.' },",
        `  ${REST}`,
        ...lines,
        '};',
        '',
      ].join('\n'),
    );
  const use = async (): Promise<void> => checkWorlds(expand(await loadScenarios([dir]), '14.10'));

  it('is used when all is right', async () => {
    await declare(["  world: () => ({ gitlab: { tls: true }, proxy: { kind: 'basic' } }),"]);
    await expect(use()).resolves.toBeUndefined();
  });

  it.each([
    {
      what: 'a key of GitLab that there is not',
      lines: ["  world: () => ({ gitlab: { scheme: 'https' } }),"],
      says: /team\/own cannot run: gitlab of the world has no key “scheme”\. It may have: tls, plan, .*own\.js:5\.$/,
    },
    {
      what: 'a slip of the pen',
      lines: ['  world: () => ({', "    proxi: { kind: 'basic' },", '  }),'],
      says: /the world has no key “proxi”\. Did you mean “proxy”\? .*own\.js:6\.$/,
    },
    {
      what: 'a key deep in a plan',
      lines: [
        "  world: () => ({ gitlab: { plan: [{ on: 'job', times: 1, give: { status: 429, retryafter: 7 } }] } }),",
      ],
      says: /gitlab\.plan\[0\]\.give of the world has no key “retryafter”\. Did you mean “retryAfter”\?/,
    },
    {
      what: 'a key of a job',
      lines: ["  world: () => ({ gitlab: { jobs: [{ scripts: ['true'] }] } }),"],
      says: /gitlab\.jobs\[0\] of the world has no key “scripts”\. Did you mean “script”\?/,
    },
    {
      what: 'a value that means nothing',
      lines: ["  world: () => ({ proxy: { kind: 'nginx' } }),"],
      says: /proxy\.kind of the world is not as it must be: expected one of "basic"\|"keep-alive"\|"squid"/,
    },
    {
      what: 'a request kind that there is not',
      lines: ["  world: () => ({ gitlab: { plan: [{ on: 'jobs', times: 1, give: { status: 429 } }] } }),"],
      says: /gitlab\.plan\[0\]\.on of the world is not as it must be/,
    },
    {
      what: 'a key of an axis',
      lines: ["  axes: { proxy: { values: ['basic'], defualt: 'basic' } },", '  world: () => ({}),'],
      says: /axes\.proxy of the scenario has no key “defualt”\. Did you mean “default”\? .*own\.js:5\.$/,
    },
    {
      what: 'a key of the scenario',
      lines: ['  world: () => ({}),', '  need: () => [],'],
      says: /the scenario has no key “need”\. Did you mean “needs”\? .*own\.js:6\.$/,
    },
  ])('is refused with file and line: $what', async ({ lines, says }) => {
    await declare(lines);
    await expect(use()).rejects.toThrow(says);
  });
});

it('refuses a world that a program declares', async () => {
  const spec = { gitlab: { scheme: 'https' } } as object;
  await expect(startWorld(spec)).rejects.toThrow('gitlab of the world has no key “scheme”');
});
