import { describe, expect, it } from 'vitest';
import { ciReader } from '../../../harness/diagnosis/documents/ci.ts';
import type { CiDocument } from '../../../harness/diagnosis/documents/document.ts';

function read(text: string, skipped = 0): CiDocument {
  const [document] = ciReader.read({ file: 'ci.yml', path: '.gitlab-ci.yml', text, skipped });
  if (document?.kind !== 'ci') throw new Error('no .gitlab-ci.yml');
  return document;
}

const TEXT = `
default:
  services: [docker:27-dind]
  before_script:
    - echo first
variables:
  A: one
  B:
    value: "two"
    description: d
.base: &base
  image: { name: alpine, entrypoint: [""] }
  variables: { C: three, A: four }
  script:
    - a
build:
  extends: .base
  variables:
    D: five
  services:
    - name: postgres:16
      alias: db
      variables: { E: six }
  script:
    - !reference [.base, script]
    - |
      b \\
        --more
      c
    - >
      d
      e
`;

describe('a .gitlab-ci.yml', () => {
  it('gives a job what it takes from templates and defaults, with lines', () => {
    const { jobs, variables, services, error } = read(TEXT, 100);
    const [job] = jobs;
    expect(error).toBeUndefined();
    expect(variables.map(({ name, value, line }) => [name, value, line])).toEqual([
      ['A', 'one', 107],
      ['B', 'two', 109],
    ]);
    expect(services.map(({ name }) => name)).toEqual(['docker:27-dind']);
    expect(jobs).toHaveLength(1);
    expect(job?.image?.name).toBe('alpine');
    expect(job?.variables.map(({ name, value, line }) => [name, value, line])).toEqual([
      ['B', 'two', 109],
      ['C', 'three', 113],
      ['A', 'four', 113],
      ['D', 'five', 119],
    ]);
    expect(job?.services).toMatchObject([{ name: 'postgres:16', alias: 'db', line: 121, variables: [{ name: 'E' }] }]);
    expect(job?.script.map(({ text, line }) => [text, line])).toEqual([
      ['echo first', 105],
      ['a', 115],
      ['b  --more', 127],
      ['c', 129],
      ['d e\n'.trim(), 130],
    ]);
  });

  it('takes the defaults away where a job does not inherit them', () => {
    const { jobs } = read(
      'image: a\nvariables: {X: 1}\nj:\n  inherit: {default: false, variables: false}\n  script: [b]\n',
    );
    expect(jobs[0]?.image).toBeUndefined();
    expect(jobs[0]?.variables).toEqual([]);
  });

  it('is read as far as it goes where it is no YAML', () => {
    const { error, variables } = read('variables:\n  A: 1\nj: [\n');
    expect(error?.why).toMatch(/no valid YAML/);
    expect(variables).toMatchObject([{ name: 'A', line: 2 }]);
  });

  it.each([
    [
      'aliases that multiply',
      `a0: &a0 [x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(8).fill(`*a${n}`).join(',')}]`).join('\n')}\n`,
    ],
    ['an alias of itself', 'a: &a [*a]\n'],
    ['brackets', `a: ${'['.repeat(100_000)}`],
    ['levels', Array.from({ length: 1400 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
    ['far too much', `a: ${'x'.repeat(3_000_000)}`],
  ])('of %s is refused with a sentence', (_, text) => {
    const before = performance.now();
    expect(read(text).error?.why).toMatch(/^it(s)? /);
    expect(performance.now() - before).toBeLessThan(3000);
  });

  it('ends where templates extend each other in a circle', () => {
    expect(
      read('.a: {extends: .b}\n.b: {extends: .a}\nj: {extends: [.a, .b], script: [x]}\n').jobs[0]?.script,
    ).toMatchObject([{ text: 'x' }]);
  });

  it.each([
    ['compose.yml', 'services:\n  web:\n    image: x\n', 0],
    ['w.yml', 'on: push\njobs:\n  a:\n    steps:\n      - script: x\n', 0],
    ['ci/build.yml', 'build:\n  script:\n    - make\n', 2],
    ['', 'e2e:\n  script: [make]\n', 1],
    ['log.txt', 'Running with gitlab-runner 17.0.0\n$ make\n', 0],
  ] as const)('is told from other files: %s', (path, text, sure) => {
    expect(ciReader.knows({ file: path, path, text, skipped: 0 })).toBe(sure);
  });
});
