import { describe, expect, it } from 'vitest';
import { expand } from '../../../harness/conformance/index.ts';
import choice from '../../../scenarios/containers/client-proxy-choice.ts';
import wildcards from '../../../scenarios/no-proxy/wildcards.ts';
import { noDocker } from '../../containers/_here.ts';
import { runReference } from '../../mutants/_suite.ts';

describe.skipIf(noDocker !== undefined)('the real clients, asked again by a job', () => {
  it.each([
    [wildcards, {}],
    [choice, { environment: 'every-spelling' }],
  ])('do what their models say', { timeout: 600_000 }, async (scenario, axes: Readonly<Record<string, string>>) => {
    const cases = expand([scenario], '14.10').filter((each) =>
      Object.entries(axes).every(([name, value]) => each.axes[name] === value),
    );
    const outcomes = await runReference(cases, '14.10');
    expect(outcomes.map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual([expect.stringMatching(/^info: /)]);
    expect(outcomes[0]?.reason).not.toContain('the models are wrong');
  });

  it('see of the page’s own environment what the models see', { timeout: 600_000 }, async () => {
    const cases = expand([choice], '14.10').filter(({ axes }) => axes['environment'] === 'page');
    const [outcome] = await runReference(cases, '14.10');
    expect(outcome?.outcome).toBe('info');
    expect(outcome?.reason).toMatch(
      /^http URLs are asked for through the proxy by all but node-fetch, node-http, php-streams, java-httpclient, .*; around it by node-fetch, node-http \(Node reads the variables with NODE_USE_ENV_PROXY=1 alone\), php-streams/,
    );
  });
});
