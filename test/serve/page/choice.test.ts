import { describe, expect, it } from 'vitest';
import { Chooser, EVERYTHING, type RecordChoice } from '../../../harness/serve/page/browser/choice.ts';
import { isOfKind, productOf } from '../../../harness/serve/page/browser/facets.ts';
import { LabRecord } from '../../../harness/serve/page/browser/record.ts';
import { Traffic } from './traffic.ts';

function lab(): LabRecord {
  const traffic = new Traffic();
  const record = new LabRecord();
  const from = {
    connection: 'c0',
    via: 'subject',
    from: '172.18.0.4:5000',
    to: '172.18.0.2:3128',
    tls: false,
  } as const;
  record.add(
    [
      ...traffic.forwarded('/group/project', 200),
      ...traffic.forwarded('/api/v4/jobs/request', 429, 'gitlab-runner 18.3.1'),
      ...traffic.forwarded('/v2/', 404, 'docker/28.5.2 go/1.24', 'registry.test:5000', 'a body that names Wanted'),
      traffic.event('proxy', { kind: 'fault', name: 'delay', state: 'on' }),
      traffic.bypass('curl/8.5.0'),
      traffic.event('harness', {
        kind: 'container',
        what: 'started',
        container: 'f0',
        name: 'helper',
        image: 'helper:1',
        addresses: ['172.18.0.4'],
      }),
      traffic.event('proxy', { kind: 'connection', ...from }),
      traffic.event('proxy', {
        kind: 'request',
        connection: 'c0',
        exchange: 'x0',
        via: 'subject',
        method: 'CONNECT',
        target: 'gitlab.test:443',
        httpVersion: '1.1',
        headers: [],
      }),
    ],
    1000,
  );
  return record;
}

function chosen(record: LabRecord, choice: Partial<RecordChoice>): string[] {
  const chooser = new Chooser();
  chooser.choice = { ...EVERYTHING, ...choice };
  return chooser.chosen(record).events.map(({ peer, kind }) => `${peer} ${kind}`);
}

const BOTH_HOPS = [
  'proxy request',
  'gitlab request',
  'gitlab response',
  'gitlab response-body',
  'proxy response',
  'proxy response-body',
];

describe('what the reader chooses of the record', () => {
  it('is everything at first', () => {
    const record = lab();
    expect(chosen(record, {})).toHaveLength(record.events.length);
  });

  it('is what one client did, told by its User-Agent or by its container', () => {
    const record = lab();
    expect(record.clients).toEqual([
      'container helper',
      'curl/8.5.0',
      'docker/28.5.2',
      'git/2.39.5',
      'gitlab-runner 18.3.1',
    ]);
    expect(chosen(record, { client: 'gitlab-runner 18.3.1' })).toEqual(BOTH_HOPS);
    expect(chosen(record, { client: 'curl/8.5.0' })).toEqual(['tripwire tripwire']);
    expect(chosen(record, { client: 'container helper' })).toEqual(['proxy request']);
  });

  it('is what went to one host, whichever way that is named', () => {
    const record = lab();
    expect(record.hosts).toEqual(['gitlab.test', 'registry.test']);
    expect(chosen(record, { host: 'registry.test' })).toHaveLength(6);
    expect(chosen(record, { host: 'gitlab.test' })).toHaveLength(14);
  });

  it('is what was answered in one way, the request with its answer', () => {
    const record = lab();
    expect(chosen(record, { status: '429' })).toEqual(BOTH_HOPS);
    expect(chosen(record, { status: 'wrong' })).toHaveLength(12);
    expect(isOfKind(407, 'wrong')).toBe(false);
    expect(isOfKind(407, '4xx')).toBe(true);
  });

  it('is where all words stand, in whatever case, headers and bodies included', () => {
    const record = lab();
    expect(chosen(record, { words: 'WANTED 404' })).toHaveLength(6);
    expect(chosen(record, { words: 'wanted 429' })).toEqual([]);
    expect(chosen(record, { words: 'fault delay' })).toEqual(['proxy fault']);
  });

  it('is asked again when an answer has come', () => {
    const [traffic, record, chooser] = [new Traffic(), new LabRecord(), new Chooser()];
    chooser.choice = { ...EVERYTHING, status: '502' };
    const events = traffic.forwarded('/', 502);
    record.add(events.slice(0, 4), 1000);
    expect(chooser.chosen(record).events).toEqual([]);
    record.add(events, 1000);
    expect(chooser.chosen(record).events).toHaveLength(6);
  });

  it('is looked for in parts where that takes long, the newest first', () => {
    const [record, chooser] = [lab(), new Chooser()];
    chooser.choice = { ...EVERYTHING, words: 'gitlab.test' };
    expect(chooser.chosen(record, -1)).toEqual({ events: [], isAll: false });
    const { events } = chooser.chosen(record);
    expect(events.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq).sort((a, b) => a - b));
    expect(chooser.chosen(record, -1)).toEqual({ events, isAll: true });
  });
});

describe('the record of the page', () => {
  it('keeps as many events as the lab does, and forgets the names of what it let go', () => {
    const [traffic, record] = [new Traffic(), new LabRecord()];
    record.add(traffic.forwarded('/', 200, 'old/1'), 100);
    for (let count = 0; count < 50; count++) record.add(traffic.forwarded('/', 200), 100);
    expect(record.events.length).toBeLessThanOrEqual(105);
    expect(record.events.length).toBeGreaterThanOrEqual(100);
    expect(record.clients).toEqual(['git/2.39.5']);
    expect(record.find(1)).toBeUndefined();
    const last = record.events.at(-1);
    expect(record.find(last?.seq ?? 0)).toBe(last);
  });

  it('takes an event once, though the lab sends it again', () => {
    const [traffic, record] = [new Traffic(), new LabRecord()];
    const events = traffic.forwarded('/', 200);
    record.add(events, 100);
    record.add(events, 100);
    expect(record.events).toEqual(events);
  });
});

it('calls a client by its product and version', () => {
  expect(productOf('gitlab-runner 18.3.1 (18-3-stable; go1.24.4; linux/amd64)')).toBe('gitlab-runner 18.3.1');
  expect(productOf('docker/28.5.2 go/go1.24.4 git-commit/x')).toBe('docker/28.5.2');
  expect(productOf('  ')).toBeUndefined();
});
