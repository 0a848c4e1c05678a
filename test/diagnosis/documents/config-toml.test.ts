import { describe, expect, it } from 'vitest';
import { configTomlReader } from '../../../harness/diagnosis/documents/config-toml.ts';
import type { ConfigTomlDocument } from '../../../harness/diagnosis/documents/document.ts';

function read(text: string, skipped = 0): ConfigTomlDocument {
  const [document] = configTomlReader.read({ file: 'c.toml', path: 'c.toml', text, skipped });
  if (document?.kind !== 'config-toml') throw new Error('no config.toml');
  return document;
}

describe('a config.toml', () => {
  it('tells its runners apart, and the line of every entry, whatever the case of its keys', () => {
    const { runners, error } = read(
      [
        '[[runners]]',
        '  name = "a"',
        '  Executor = "Docker"',
        '  Environment = [',
        '    "A=1", # one',
        "    'B=x=y',",
        '  ]',
        '  [runners.docker]',
        '    network_mode = "host"',
        '    [[runners.docker.services]]',
        '      name = "docker:27-dind"',
        '      alias = "d"',
        '      environment = ["C=3"]',
        '[[runners]]',
        '  executor = "shell"',
        '  docker = { privileged = true }',
      ].join('\n'),
      10,
    );
    expect(error).toBeUndefined();
    expect(runners.map(({ name, line, contained }) => ({ name, line, contained }))).toEqual([
      { name: 'a', line: 11, contained: true },
      { name: 'runner 2', line: 24, contained: false },
    ]);
    expect(runners[0]?.environment).toEqual([
      { file: 'c.toml', line: 15, name: 'A', value: '1' },
      { file: 'c.toml', line: 16, name: 'B', value: 'x=y' },
    ]);
    expect(runners[0]?.networkMode).toBe('host');
    expect(runners[0]?.services).toEqual([
      {
        file: 'c.toml',
        line: 21,
        name: 'docker:27-dind',
        alias: 'd',
        environment: [{ file: 'c.toml', line: 23, name: 'C', value: '3' }],
        command: [],
      },
    ]);
    expect(runners[1]?.privileged).toBe(true);
  });

  it('is read where it does not parse, and says at which line', () => {
    const { runners, error, keys } = read(
      '[[runners]]\n environment = [\n  "A=1"\n  "B=2",\n  "C: 3",\n [runners.docker]\n  image = “x”\n',
    );
    expect(error).toMatchObject({ line: 4 });
    expect(runners[0]?.environment.map(({ name, line }) => [name, line])).toEqual([
      ['A', 3],
      ['B', 4],
    ]);
    expect(runners[0]?.unassigned).toEqual([{ file: 'c.toml', line: 5, text: 'C: 3' }]);
    expect(keys.map(({ table, key, line }) => [table, key, line])).toContainEqual(['runners.docker', 'image', 7]);
  });

  it('takes a key for one of the last header above it, and no text of a script for a key', () => {
    const { keys, runners } = read(
      '[[runners]]\n pre_build_script = """\nenvironment = 1\n"""\n [runners.docker]\nenvironment = ["A=1"]\n',
    );
    expect(keys.map(({ table, key, line }) => [table, key, line])).toEqual([
      ['runners', 'pre_build_script', 2],
      ['runners.docker', 'environment', 6],
    ]);
    expect(runners[0]?.environment).toEqual([]);
  });

  it.each([
    ['brackets', `[[runners]]\nenvironment = ${'['.repeat(300_000)}`],
    ['quotation marks', `[[runners]]\nenvironment = [${'"'.repeat(300_001)}`],
    ['an open string', `[[runners]]\nx = """${'a\n'.repeat(100_000)}`],
    ['blanks', `[[runners]]\nx = [${' '.repeat(300_000)}`],
  ])('of nothing but %s is read within a second', (_, text) => {
    const before = performance.now();
    expect(read(text).error).toBeDefined();
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
