import { describe, expect, it } from 'vitest';
import choice from '../../../scenarios/containers/client-proxy-choice.ts';
import { Story } from '../_builder.ts';
import { judged } from '../_judging.ts';

/** The address that the scenario gives a client's own host. */
const ADDRESS = { curl: '192.0.2.101', wget: '192.0.2.102' } as const;

/** A client went around the proxy. */
const around = (story: Story, to: string): Story =>
  story.add('subject', { kind: 'tripwire', from: '172.17.0.2:5000', to, protocol: 'other', detail: '' });

describe('containers/client-proxy-choice', () => {
  it('tells who came by the proxy, who around it, and what the others said', () => {
    const story = new Story()
      .handsOut()
      .asksProxy({ method: 'GET', target: 'http://curl.clients.test/', status: 502 })
      .asksProxy({ method: 'CONNECT', target: 'curl.clients.test:443', status: 502 })
      .asksProxy({ method: 'CONNECT', target: 'node-fetch.clients.test:80', status: 502 });
    around(story, `${ADDRESS.wget}:80`);
    around(story, `${ADDRESS.wget}:443`);
    story.finishes('success', 'ruby bad URI for http\nruby bad URI for https\n');
    const { outcome, reason } = judged(choice, story);
    expect(outcome).toBe('info');
    expect(reason).toContain(
      'http URLs are asked for through the proxy by curl, node-fetch; around it by wget (wget reads the lower-case variables alone); by neither way: ',
    );
    expect(reason).toContain('ruby (bad URI for http: a proxy without a scheme is no URL to it)');
    expect(reason).toContain(
      'https URLs are asked for through the proxy by curl; around it by wget (wget reads the lower-case variables alone); by neither way: ',
    );
    expect(reason).toContain('ruby (bad URI for https:');
    expect(reason).toContain('git (nothing is known of it)');
  });

  it('looks for the variables where no client at all came by the proxy', () => {
    const story = around(new Story().handsOut(), `${ADDRESS.wget}:80`).finishes('success');
    const { reason } = judged(choice, story);
    expect(reason).toContain(
      'around it by wget, as if no variable had reached the job: look at environment in config.toml',
    );
  });

  it("does not take GitLab's own requests for a client's", () => {
    const { reason } = judged(choice, new Story().handsOut().finishes('success'));
    expect(reason).toContain('http URLs are asked for through the proxy by none; by neither way: curl');
  });

  it('is blocked by a job that does not end', () => {
    const { outcome, reason } = judged(choice, new Story().handsOut());
    expect(outcome).toBe('blocked');
    expect(reason).toContain('the job did not end');
  });

  it('is blocked without a job', () => {
    expect(judged(choice, new Story().passes('job', { status: 204 })).outcome).toBe('blocked');
  });

  it('is blocked where the probe said nothing', () => {
    const story = new Story().handsOut().finishes('failed', 'A network namespace cannot be made');
    const { outcome, reason } = judged(choice, story, { environment: 'every-spelling' });
    expect(outcome).toBe('blocked');
    expect(reason).toContain('A network namespace cannot be made');
  });
});
