import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Entry, Har } from 'har-format';
import { describe, expect, it } from 'vitest';
import { harOf } from '../../harness/report/har/index.ts';
import { bigRun } from './big-run.ts';
import { outcome, Recorder, results } from './builder.ts';
import { tooEarly, tunnel } from './stories.ts';

async function problems(har: unknown): Promise<unknown> {
  const ajv = new Ajv2020({ allErrors: true });
  formats.default(ajv);
  const schema = await readFile(new URL('./fixtures/har-1.2.schema.json', import.meta.url), 'utf8');
  const validate = ajv.compile(JSON.parse(schema));
  return validate(JSON.parse(JSON.stringify(har))) ? [] : validate.errors;
}

const peerOf = (entry: Entry): unknown => (entry as Entry & { _peer?: string })._peer;

function harOfStory(tell: (recorder: Recorder) => Parameters<typeof results>[0][number]): Har {
  const recorder = new Recorder();
  const told = tell(recorder);
  return harOf(results([told]), recorder.events);
}

describe('run.har', () => {
  it('is HAR 1.2', async () => {
    const { results: run, events } = bigRun();
    const har = harOf(run, events);
    expect(await problems(har)).toEqual([]);
    expect(har.log.entries.length).toBeGreaterThan(300);
  });

  it('has entries of both hops, with timings that add up', () => {
    const { entries, pages } = harOfStory(tooEarly).log;
    expect(entries.map(peerOf)).toEqual(['proxy', 'gitlab', 'proxy', 'gitlab', 'proxy', 'gitlab']);
    expect(entries[0]?.request.url).toBe('http://gitlab.test:8080/api/v4/jobs/request');
    expect(entries[1]?.request.url).toBe('http://gitlab.test:8080/api/v4/jobs/request');
    expect(entries.map((entry) => entry.response.status)).toEqual([429, 429, 204, 204, 204, 204]);
    for (const { time, timings } of entries) {
      const known = [timings.blocked, timings.dns, timings.connect, timings.send, timings.wait, timings.receive];
      const sum = known.reduce<number>((all, each) => all + Math.max(0, each ?? 0), 0);
      expect(sum).toBeCloseTo(time, 6);
    }
    // The case began 250 ms into the run, the first request 410 ms into the case.
    expect(entries[0]?.startedDateTime).toBe('2026-03-02T10:20:30.660Z');
    expect(entries[0]?.time).toBe(4);
    expect(pages?.[0]?.id).toBe(entries[0]?.pageref);
  });

  it('has every CONNECT, the refused one too', () => {
    const { entries } = harOfStory(tunnel).log;
    const connects = entries.filter((entry) => entry.request.method === 'CONNECT');
    expect(connects.map((entry) => entry.response.status)).toEqual([407, 200]);
    expect(connects[1]?.request.url).toBe('https://gitlab.test:8443/');
    expect(connects[1]?.comment).toContain('tunnel: 2112 bytes up, 4013 bytes down');
    expect(connects[1]?.time).toBeCloseTo(50_096, 3);
    const inside = entries.find((entry) => entry.request.method === 'POST');
    expect(inside?.request.url).toBe('https://gitlab.test:8080/api/v4/jobs/request');
  });

  it('holds no credentials', () => {
    const text = JSON.stringify(harOfStory(tunnel));
    expect(text).toContain('Basic «proxy»');
    expect(text).not.toContain(Buffer.from('alice:p@ss:word').toString('base64'));
    expect(text).not.toContain('p@ss:word');
  });

  it('says so when a request was never answered or a body was cut', () => {
    const { entries } = harOfStory((recorder) => {
      const story = recorder.story('polling/proxy-down').begin();
      story.at(10).request('proxy', { body: '{}' });
      const cut = story.at(20).request('gitlab', {});
      story.at(30).response('gitlab', cut.exchange, { status: 200 });
      story.at(40).body('gitlab', 'response-body', cut.exchange, 'half', false);
      return outcome({ id: 'polling/proxy-down' });
    }).log;
    expect(entries[0]).toMatchObject({
      time: 0,
      response: { status: 0 },
      comment: expect.stringContaining('never answered'),
    });
    expect(entries[1]?.response.content.comment).toBe('cut short after 4 bytes');
    expect(entries[1]?.timings).toMatchObject({ wait: 10, receive: 10 });
  });
});
