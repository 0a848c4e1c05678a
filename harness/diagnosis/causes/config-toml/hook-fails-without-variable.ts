import type { RunnerFacts } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import { proxiesAreInGitlab } from '../_jobs.ts';
import { lineOf } from '../_values.ts';
import type { Cause, Edit } from '../cause.ts';
import { type Unguarded, unguardedIn } from './_unguarded.ts';

type Hook = RunnerFacts['hooks'][number];

export const hookFailsWithoutVariableCause: Cause = {
  id: 'config-toml/hook-fails-without-variable',
  severity: 'error',
  title: 'The hook sets git to a variable that the job does not have, and ends the job.',
  seen: "git config http.proxy $NAME in a hook, without quotes, guard or default, where neither the runner's environment nor .gitlab-ci.yml sets NAME and jobs run in containers. Every command needs a guard of its own. With the shell executor the service's variables count.",
  fix: 'Set the variables in environment, or guard each command.',
  symptoms: ['The job ends right after the hook with exit code 1.'],
  find: (picture) =>
    picture.runners.flatMap(({ hooks, environment, contained, name: runner }) => {
      if (!contained || proxiesAreInGitlab(picture)) return [];
      const known = new Set([...environment, ...ciVariables(picture)].map((each) => each.name));
      return hooks.flatMap((hook) => {
        const { script, key, file, line } = hook;
        const unguarded = unguardedIn(
          script,
          (name) => known.has(name) || new RegExp(`(?:^|[\\s;])${name}=`).test(script),
        );
        const names = [...new Set(unguarded.map(({ variable }) => variable))];
        const [first] = names;
        if (first === undefined) return [];
        const twins = names.map((name) => name.toLowerCase()).filter((name) => known.has(name));
        const edits = guarding(picture, hook, unguarded);
        const listed = names.map((name) => `$${name}`).join(' and ');
        return [
          {
            file,
            line,
            at: `$${first}`,
            says: `${key} sets git's proxy to ${listed}, which jobs of this runner do not have${
              twins.length > 0 ? ` (they have ${twins.join(' and ')} in lower case alone)` : ''
            }: git config then reads the key instead of setting it, exits with 1, and the job ends before the clone.`,
            remedy: {
              says: `Run ${unguarded.length > 1 ? 'each command only if its variable is' : 'the command only if the variable is'} set, as here, or set ${names.join(' and ')} in the runner's environment.${
                twins.length === names.length ? ` git takes ${twins.join(' and ')} without the hook, too.` : ''
              }`,
              ...(edits.length > 0 ? { edits } : {}),
            },
            ...(picture.runners.length > 1 ? { runner } : {}),
          },
        ];
      });
    }),
};

const ciVariables = (picture: Picture) =>
  picture.all('ci').flatMap(({ variables, jobs }) => [...variables, ...jobs.flatMap((job) => job.variables)]);

/** More lines than a hook has. */
const MOST_LINES = 60;

/** Puts an `if` around each command; none where a command is not found as it stands, or another one is its like. */
function guarding(picture: Picture, { file, line, script }: Hook, unguarded: readonly Unguarded[]): readonly Edit[] {
  const edits = new Map<number, Edit>();
  const quote = /=\s*("{3}|'{3}|["'])/.exec(lineOf(picture, file, line) ?? '')?.[1];
  for (const { command, variable } of unguarded) {
    if (script.split(command).length !== 2) return [];
    const at = Array.from({ length: MOST_LINES }, (_, index) => line + index).find((each) =>
      textAt(picture, edits, file, each)?.includes(command),
    );
    const text = at === undefined ? undefined : textAt(picture, edits, file, at);
    if (at === undefined || text === undefined || quote === undefined) return [];
    // Only a string of one line in double quotes has them escaped.
    const mark = quote === '"' ? '\\"' : '"';
    const guarded = `if [ -n ${mark}$${variable}${mark} ]; then ${command}; fi`;
    edits.set(at, { file, line: at, to: text.replace(command, () => guarded) });
  }
  return [...edits.values()];
}

const textAt = (picture: Picture, edits: ReadonlyMap<number, Edit>, file: string, line: number): string | undefined =>
  edits.get(line)?.to ?? lineOf(picture, file, line);
