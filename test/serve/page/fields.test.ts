import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import * as faults from '../../../harness/proxy/faults/index.ts';
import { constantsOf, fieldsOf } from '../../../harness/serve/page/browser/fields.ts';
import { formHtml } from '../../../harness/serve/page/browser/form-html.ts';
import { formValue } from '../../../harness/serve/page/browser/form-value.ts';
import type { FaultKind } from '../../../harness/serve/protocol.ts';

const ALL = Object.values(faults).map(({ schema }) => ({
  schema,
  json: z.toJSONSchema(schema) as FaultKind['schema'],
}));
const schemaOf = (name: string): FaultKind['schema'] =>
  ALL.find(({ json }) => constantsOf(json)['fault'] === name)?.json ?? {};

/** What a form says in which these things are written. */
function said(name: string, written: Readonly<Record<string, string>>) {
  const schema = schemaOf(name);
  const read = formValue(fieldsOf(schema), (field) => written[field] ?? '');
  return 'value' in read ? { ...constantsOf(schema), ...read.value } : Object.fromEntries(read.wrong);
}

describe('the form of a fault', () => {
  it('asks first for what must be said, by the kind of each field', () => {
    const kinds = (name: string) => fieldsOf(schemaOf(name)).map((each) => `${each.name}: ${each.is}`);
    expect(kinds('answer')).toEqual([
      'status: number',
      'times: number',
      'on: choice',
      'line: text',
      'anonymousOnly: yes-no',
      'reason: text',
      'headers: json',
      'body: json',
      'connection: choice',
    ]);
    expect(kinds('allow-only')).toEqual(['times: number', 'connectPorts: list', 'methods: list', 'hosts: list']);
    expect(kinds('close')[0]).toBe('when: json');
  });

  it('leaves out what is not written, and turns the rest into what the fault takes', () => {
    expect(said('delay', { ms: '250.5', times: '2', on: 'connect' })).toEqual({
      fault: 'delay',
      ms: 250.5,
      times: 2,
      on: 'connect',
    });
    expect(said('allow-only', { connectPorts: '443\n8443', hosts: 'gitlab.test, registry.test' })).toEqual({
      fault: 'allow-only',
      connectPorts: [443, 8443],
      hosts: ['gitlab.test', 'registry.test'],
    });
    expect(said('answer', { status: '503', headers: '[["Retry-After", "5"]]' })).toEqual({
      fault: 'answer',
      status: 503,
      headers: [['Retry-After', '5']],
    });
  });

  it('takes a word and an object where either may stand', () => {
    expect(said('close', { when: 'on-request' })).toEqual({ fault: 'close', when: 'on-request' });
    expect(said('close', { when: '{"atByte": 10, "direction": "down"}' })).toEqual({
      fault: 'close',
      when: { atByte: 10, direction: 'down' },
    });
  });

  it('says of each field what is wrong with it', () => {
    expect(said('delay', { ms: '-1', times: '1.5' })).toEqual({
      ms: 'ms must be 0 or more.',
      times: 'times must be a whole number.',
    });
    expect(said('delay', {})).toEqual({ ms: 'ms must be given.' });
    expect(said('answer', { status: '1000' })).toEqual({ status: 'status must be 999 or less.' });
    expect(said('close', { when: '{' })).toEqual({
      when: 'when must be JSON, such as "on-connect" or {"atByte":0,"direction":"up"}.',
    });
  });

  it('has for every fault there is an example that the fault takes', () => {
    for (const { schema, json } of ALL) {
      const fields = fieldsOf(json);
      expect(formHtml(fields, 'x')).not.toContain('undefined');
      const sample = (name: string): string => {
        const field = fields.find((each) => each.name === name);
        if (!field?.required) return field?.is === 'json' ? (field.example.split(' or ')[0] ?? '') : '';
        const list = field.numbers ? '7' : 'text';
        const { least = 1, options, example, is } = field;
        return {
          choice: options[0] ?? '',
          number: String(least),
          text: 'text',
          list,
          json: example.split(' or ')[0] ?? '',
          'yes-no': 'yes',
        }[is];
      };
      const read = formValue(fields, sample);
      expect(read).toHaveProperty('value');
      const value = 'value' in read ? read.value : {};
      expect(schema.safeParse({ ...constantsOf(json), ...value }).error, JSON.stringify(json)).toBeUndefined();
    }
  });
});
