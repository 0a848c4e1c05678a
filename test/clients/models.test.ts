import { describe, expect, it } from 'vitest';
import { CLIENT_IDS, choiceText, clients, disagreements, type Measurement } from '../../harness/clients/index.ts';
import { GENERATIONS } from '../../harness/generations/index.ts';
import { measured, others } from './_measured.ts';

const wrongAbout = (measurement: Measurement): readonly string[] =>
  disagreements(measurement).map(
    ({ cell, model }) =>
      `${cell.client}, ${cell.situation.name}, ${cell.url}: ${cell.answer}, not ${choiceText(model)}`,
  );
const wrong = wrongAbout(measured);

describe('the models against the measured table', () => {
  it('has a model and a version of every client', () => {
    expect(clients.map(({ id }) => id).sort()).toEqual([...CLIENT_IDS].sort());
    for (const { program } of clients) expect(measured.versions[program.name]).toMatch(/\d+\.\d+/);
  });

  it.each(CLIENT_IDS)('%s does in every cell what its model says', (id) => {
    const asked = measured.cells.filter(({ client }) => client === id);
    expect(asked.length).toBeGreaterThan(10);
    expect(wrong.filter((each) => each.startsWith(`${id}, `))).toEqual([]);
  });

  it('has every generation', () => expect(others).toHaveLength(Object.keys(GENERATIONS).length - 1));

  it.each(others)('Docker of $name does in every cell what its model says', ({ name, measurement }) => {
    const { docker } = GENERATIONS[name].brings;
    for (const told of Object.values(measurement.versions)) expect(told).toContain(`Docker version ${docker}`);
    expect(measurement.cells.length).toBeGreaterThan(500);
    expect(wrongAbout(measurement)).toEqual([]);
  });

  it('would show a model that is wrong', () => {
    const cells = measured.cells.map((cell) => ({
      ...cell,
      answer: cell.answer === 'direct' ? 'error: no' : 'direct',
    }));
    expect(disagreements({ ...measured, cells })).toHaveLength(cells.length);
  });
});
