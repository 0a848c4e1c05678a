import type { Ask, SubjectDefinition } from '../definition.ts';
import { SubjectError } from '../resolve/error.ts';
import { saying } from '../resolve/saying.ts';

const KIND = 'gitlab-python-runner';

/** The runner of that name from PyPI. */
export const gitlabPythonRunner = {
  kind: KIND,
  program: {
    drives: KIND,
    version: async ({ stdout, stderr }, ask) => {
      // It has no --version; its usage text names the interpreter that knows.
      const python = /^usage: (.+) -m GitlabPyRunner\b/m.exec(stderr + stdout)?.[1];
      return python === undefined ? undefined : installedVersion(python, ask);
    },
    driver: async (program, { profile }) => {
      const { gitlabPythonRunnerDriver } = await import('./index.ts');
      return gitlabPythonRunnerDriver({ ...program, ...(profile ? { profile } : {}) });
    },
    hint: (name) => (name === KIND ? 'Its program is called gitlab-runner.py.' : undefined),
  },
} as const satisfies SubjectDefinition<typeof KIND>;

async function installedVersion(python: string, ask: Ask): Promise<string> {
  const answer = await ask(python, '-c', `from importlib.metadata import version; print(version("${KIND}"))`);
  const version = answer.stdout.trim();
  if (answer.code === 0 && /^\d+\.\d+/.test(version)) return version;
  throw new SubjectError(
    'absent',
    `This is ${KIND}, but its version cannot be told: ${python} ${saying(answer)}. ` +
      'Install it with pip, so that its metadata are there.',
  );
}
