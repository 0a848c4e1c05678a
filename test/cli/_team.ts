import { join } from 'node:path';
import { put } from './_tool.ts';

/** What a scenario of a team's own is to do; each is the source of a function's body. */
export interface TeamScenario {
  /** `team/NAME`. */
  readonly name: string;
  readonly level?: 'R' | 'O' | 'C';
  /** With `world`, `subject` and `driver`. */
  readonly act?: string;
  /** With `evidence`; must return findings. */
  readonly judge?: string;
  /** Source of the world's declaration. */
  readonly world?: string;
  readonly waits?: number;
  /** Source of its axes. */
  readonly axes?: string;
}

const HOLDS = `return [{ verdict: 'holds', expected: 'a request', observed: 'it came', evidence: [1] }];`;

/** The usual act: the runner polls until its first job request has come, or a little while; the world's end ends it. */
export const POLLS = `
  const config = { url: world.gitlabUrl, token: world.gitlab.tokens.runner, env: {}, checkInterval: 1 };
  await subject.run(config);
  await world.waitFor('the first job request', (seen) => seen.gitlab('job').length > 0, 1500);`;

/** Fails a runner that asked for no job. */
export const ASKED = `
  const [first] = evidence.gitlab('job');
  return [{
    verdict: first ? 'holds' : 'fails',
    expected: 'a job request',
    observed: first ? 'one came' : 'none came',
    evidence: first ? first.evidence : [evidence.events.at(-1).seq],
  }];`;

/** Writes a scenario of a team's own into a directory for `--scenarios`; it needs no import. */
export function teamScenario(dir: string, scenario: TeamScenario): Promise<string> {
  const { name, level = 'R', act = '', judge = HOLDS, world = '{}', waits = 0, axes = '{}' } = scenario;
  return put(
    join(dir, `${name}.mjs`),
    `export default {
  id: 'team/${name}',
  asks: 'Does it?',
  requires: { level: '${level}', cites: 'Our rules, page 1', holds: 'It does.' },
  explains: 'It is looked at.',
  axes: ${axes},
  abilities: () => [],
  mutants: [],
  waits: () => ${waits},
  world: () => (${world}),
  act: async ({ world, subject, driver }) => {${act}
  },
  judge: (evidence) => {${judge}
  },
};
`,
  );
}
