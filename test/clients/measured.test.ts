import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  cells,
  clientsDocument,
  probeInput,
  readMeasured,
  readProbe,
  writeMeasured,
} from '../../harness/clients/index.ts';
import { measured, others, stored } from './_measured.ts';

describe('the measured table', () => {
  it('is written as it is read', () => {
    expect(writeMeasured(measured)).toBe(stored);
    for (const each of others) expect(writeMeasured(each.measurement)).toBe(each.stored);
  });

  it('is what docs/clients.md says', () => {
    const document = readFileSync(new URL('../../docs/clients.md', import.meta.url), 'utf8');
    expect(document).toBe(
      clientsDocument(
        measured,
        others.map(({ measurement }) => measurement),
      ),
    );
  });

  it('is not taken for a table of other environments', () => {
    const other = stored.replace('"http_proxy":"http://172.17.0.1:3128"', '"http_proxy":"http://172.17.0.1:3129"');
    expect(() => readMeasured(other, cells())).toThrow(/otherwise than its cases: measure again/);
  });

  it('is not taken for whole when a cell is missing', () => {
    const lines = stored.trim().split('\n');
    expect(() => readMeasured(lines.slice(0, -1).join('\n'), cells())).toThrow(/Nothing was measured for/);
  });
});

describe('the probe', () => {
  const asked = cells(({ client, situation }) => client === 'curl' && situation.group === 'no-proxy').slice(0, 3);

  it('is given every environment once, and the cells that are asked', () => {
    const input = JSON.parse(probeInput(asked)) as { environments: unknown[]; cells: { client: string }[] };
    expect(input.environments).toHaveLength(new Set(asked.map(({ situation }) => situation)).size);
    expect(input.cells.map(({ client }) => client)).toEqual(['curl', 'curl', 'curl']);
  });

  it('is understood', () => {
    const lines = asked.map(({ url }) => JSON.stringify({ environment: 0, url, answers: { direct: ['curl'] } }));
    const read = readProbe([JSON.stringify({ versions: { curl: 'curl 7' } }), ...lines], asked);
    expect(read.versions).toEqual({ curl: 'curl 7' });
    expect(read.cells.map(({ answer }) => answer)).toEqual(['direct', 'direct', 'direct']);
  });

  it('is not understood when it left something out', () => {
    expect(() => readProbe([], asked)).toThrow(/Nothing was measured for curl with “not set”/);
  });
});
