import { describe, expect, it } from 'vitest';
import { ciJobs } from '../../harness/serve/ci-jobs.ts';

const FILE = `
default: { image: alpine }
variables: { A: one, B: { value: two, description: x } }
.base: { before_script: [echo before] }
build:
  extends: .base
  script:
    - make
    - make install
  services: [docker:dind, { name: postgres, alias: db, command: [a] }]
  artifacts: { paths: [dist/] }
  rules: [{ when: never }]
test:
  image: { name: node:24 }
  variables: { C: three }
  script: npm test
  after_script: [echo after]
`;

describe('the jobs of a .gitlab-ci.yml', () => {
  it('become jobs of the lab, with templates, defaults and variables', () => {
    const { jobs, leftOut } = ciJobs(FILE, 'group/project');
    expect(jobs).toEqual([
      {
        name: 'build',
        spec: {
          script: ['make', 'make install'],
          beforeScript: ['echo before'],
          image: 'alpine',
          services: [{ name: 'docker:dind' }, { name: 'postgres', alias: 'db', command: ['a'] }],
          variables: { A: 'one', B: 'two' },
          artifacts: ['dist/'],
          repository: 'group/project',
        },
      },
      {
        name: 'test',
        spec: {
          script: ['npm test'],
          afterScript: ['echo after'],
          image: 'node:24',
          variables: { A: 'one', B: 'two', C: 'three' },
          repository: 'group/project',
        },
      },
    ]);
    expect(leftOut).toEqual(['Every job is run, once and in the order of the file: rules mean nothing here.']);
  });

  it.each([
    ['a: [', 'line 1'],
    ['stages: [a]', 'No job'],
    ['include: x.yml', 'No job'],
  ])('says why there is none in %j', (text, says) => {
    expect(() => ciJobs(text, undefined)).toThrow(says);
  });

  it('says that includes are not there', () => {
    expect(ciJobs('include: x.yml\na: { script: [b] }', undefined).leftOut).toHaveLength(1);
  });
});
