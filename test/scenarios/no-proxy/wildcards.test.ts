import { describe, expect, it } from 'vitest';
import { cells, choiceText, type MeasuredCell, writeMeasured } from '../../../harness/clients/index.ts';
import wildcards from '../../../scenarios/no-proxy/wildcards.ts';
import { measured } from '../../clients/_measured.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

const asked = cells(({ situation }) => situation.group === 'no-proxy');
const table = measured.cells.filter(({ situation }) => situation.group === 'no-proxy');

/** What the probe would have written, between other lines of a trace. */
function trace(answers: readonly MeasuredCell[]): string {
  const environments = [...new Set(asked.map(({ situation }) => situation))];
  const lines = writeMeasured({ versions: measured.versions, cells: answers })
    .trim()
    .split('\n')
    .map((line) => {
      const { versions, name, url, answers: said } = JSON.parse(line);
      if (versions) return line;
      return JSON.stringify({ environment: environments.findIndex((each) => each.name === name), url, answers: said });
    });
  return ['$ clients', ...lines, 'Job succeeded'].join('\n');
}

const story = (text: string, state: 'success' | 'failed' = 'success') => new Story().handsOut().finishes(state, text);

describe('no-proxy/wildcards', () => {
  it('says for whom each spelling works, and that the models agree', () => {
    const { outcome, reason } = judged(wildcards, story(trace(table)));
    expect(outcome).toBe('info');
    expect(reason).toContain('*.corp.test names gitlab.corp.test: docker, dockerd, go, node-fetch, node-http');
    expect(reason).toContain('gitlab.* names gitlab.corp.test: none');
    expect(reason).toContain('10.0.0.0/8 names 10.1.2.3: all but wget, python-urllib, node-fetch, node-http');
    expect(reason).toContain('no variable at all is looked at by php-streams');
    expect(reason).not.toContain('the models are wrong');
  });

  it('names the answers that the models did not expect', () => {
    const [first, ...rest] = table;
    if (!first) throw new Error('The table is empty.');
    const { outcome, reason } = judged(wildcards, story(trace([{ ...first, answer: 'error: no' }, ...rest])));
    expect(outcome).toBe('info');
    expect(reason).toContain(`the models are wrong about 1 of ${table.length} answers`);
    expect(reason).toContain(`${first.client} with not set at ${first.url} is error: no, not ${first.answer}`);
  });

  it('is blocked without an answer to every question', () => {
    const { outcome, reason } = judged(wildcards, story(trace(table.slice(1))));
    expect(outcome).toBe('blocked');
    expect(reason).toContain('Nothing was measured for curl with “not set”');
  });

  it('is blocked by a job that fails, with its last words', () => {
    const { outcome, reason } = judged(wildcards, story('$ clients\nThe program ruby is not here', 'failed'));
    expect(outcome).toBe('blocked');
    expect(reason).toContain('the job ended as failed, its trace with: The program ruby is not here');
  });

  it('is blocked without a job', () => {
    expect(judged(wildcards, new Story().passes('job', { status: 204 })).outcome).toBe('blocked');
  });

  it('has a table whose answers a trace may show as they are', () => {
    for (const { answer } of table) expect(answer).not.toMatch(/\/\/[^/ ]*@/);
    expect(choiceText({ via: 'direct' })).toBe('direct');
  });
});
