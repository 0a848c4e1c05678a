import { describe, expect, it } from 'vitest';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { lineCandidates } from '../../harness/reproduce/prove/by-line.ts';
import { DROP_IN, pictureOf } from './_bundle.ts';

const candidates = (name: string, content: string) => {
  const picture = pictureOf({ [name]: content });
  return lineCandidates(picture, planOf(picture), name);
};

describe('the lines of a file that decides', () => {
  it('are left out one by one, but for what says nothing and what the page has as well', () => {
    const content = `# comment\n[Service]\n\nEnvironment="HTTP_PROXY=http://p.example:3128"\nUMask=0077\n`;
    expect(candidates(DROP_IN, content).map(({ edits }) => edits)).toContainEqual([{ file: DROP_IN, line: 5, to: '' }]);
    expect(candidates(DROP_IN, content).every(({ line = 0 }) => line > 3)).toBe(true);
  });

  it('go entry by entry where one is a list of hosts', () => {
    const content = '[Service]\nEnvironment="NO_PROXY=localhost,.corp.example,10.0.0.0/8"\n';
    expect(candidates(DROP_IN, content).flatMap(({ edits }) => edits.map(({ to }) => to))).toEqual([
      '',
      'Environment="NO_PROXY=.corp.example,10.0.0.0/8"',
      'Environment="NO_PROXY=localhost,10.0.0.0/8"',
      'Environment="NO_PROXY=localhost,.corp.example"',
    ]);
  });

  it('are no more than anybody waits for, and none of a file that is not there', () => {
    const many = Array.from({ length: 40 }, (_, index) => `Environment="A${index}=b"`).join('\n');
    expect(candidates(DROP_IN, `[Service]\n${many}\n`)).toHaveLength(12);
    expect(lineCandidates(pictureOf({}), { page: [] }, DROP_IN)).toEqual([]);
  });
});
