import { expect, it } from 'vitest';
import { judgeAgain } from '../../harness/cli/judge-again.ts';
import { check, type Scenario } from '../../harness/conformance/index.ts';
import { outcome, Recorder, results } from '../report/builder.ts';

const ID = 'team/own[tea=green]';

/** A run with one case, of this scenario. */
function again(judge: Scenario['judge'], more: Partial<Parameters<typeof outcome>[0]> = {}) {
  const scenario: Scenario = {
    id: 'team/own',
    asks: '?',
    explains: '',
    requires: { level: 'R', cites: 'our handbook', holds: 'It works.' },
    axes: { tea: { values: ['green', 'black'], default: 'black' } },
    abilities: () => [],
    world: () => ({}),
    act: async () => {},
    judge,
    mutants: [],
  };
  const recorder = new Recorder();
  const story = recorder.story(more.id ?? ID).begin();
  story.end(10).record('harness', { kind: 'case-closed' });
  const earlier = results([outcome({ id: ID, ...more })]);
  return judgeAgain(earlier, recorder.events, { scenarios: [scenario], strict: false });
}

const holds: Scenario['judge'] = () => [check(true, 'it works', 'it works')];

it('judges a repetition of a case as the case', () => {
  expect(again(holds).totals).toMatchObject({ pass: 1 });
  const repeated = { id: `${ID}[repeat=2]`, axes: { tea: 'green', repeat: '2' } };
  expect(again(holds, repeated).totals).toMatchObject({ pass: 1 });
});

it.each([
  ['other axes', { axes: { tea: 'black' } }],
  ['an axis that there is not', { id: `${ID}[cup=blue]`, axes: { tea: 'green', cup: 'blue' } }],
  ['the id of no case', { id: 'team/own[tea=red]', axes: { tea: 'red' } }],
])('refuses a case with %s', (_, more) => {
  expect(() => again(holds, more)).toThrow(/^The run has a case team\/own.*, which these scenarios do not have\./);
});

it('calls a judge that breaks an error of the harness', () => {
  const found = again((evidence) => {
    throw new TypeError(`${evidence.events.length} are too many`);
  });
  expect(found.outcomes[0]).toMatchObject({
    outcome: 'error',
    reason: expect.stringMatching(/^The judge of team\/own broke: 2 are too many\. This is a fault of the scenario/),
  });
});
