import type { Picture } from '../../picture/picture.ts';
import { proxiesAreInGitlab } from '../_jobs.ts';
import type { Cause } from '../cause.ts';

/** `git config` that sets a proxy to what a variable holds, unquoted: with nothing in it git is asked for the value instead. */
const SETS = /git\s+config\s+(?:--?[\w-]+\s+)*(?:--add\s+)?https?\.(?:\S+\.)?proxy\s+\$\{?(\w+)\}?(?=\s|;|&|\||$)/g;
/** What keeps it from that, or makes nothing of its failure. */
const GUARDS = /\[\s|\btest\b|\bif\b|\|\||&&\s*git\s+config|set \+e|:-|:=/;

export const hookFailsWithoutVariableCause: Cause = {
  id: 'config-toml/hook-fails-without-variable',
  severity: 'error',
  title: 'The hook sets git to a variable that the job does not have, and ends the job.',
  seen: "git config http.proxy $NAME in a hook, without quotes, guard or default, where neither the runner's environment nor .gitlab-ci.yml sets NAME and jobs run in containers. With the shell executor the service's variables count.",
  fix: 'Set the variable in environment, or guard the command.',
  symptoms: ['The job ends right after the hook with exit code 1.'],
  find: (picture) =>
    picture.runners.flatMap(({ hooks, environment, contained, name: runner }) => {
      if (!contained || proxiesAreInGitlab(picture)) return [];
      const known = new Set([...environment, ...ciVariables(picture)].map((each) => each.name));
      return hooks.flatMap(({ script, key, file, line }) => {
        if (GUARDS.test(script)) return [];
        const unset = [...script.matchAll(SETS)].find(
          ([, name = '']) => !known.has(name) && !new RegExp(`(?:^|[\\s;])${name}=`).test(script),
        )?.[1];
        if (unset === undefined) return [];
        return [
          {
            file,
            line,
            at: `$${unset}`,
            says: `${key} sets git's proxy to $${unset}, which jobs of this runner do not have: git config then reads the key instead of setting it, exits with 1, and the job ends before the clone.`,
            remedy: {
              says: `Set ${unset} in the runner's environment, or write if [ -n "$${unset}" ]; then …; fi around the command.`,
            },
            ...(picture.runners.length > 1 ? { runner } : {}),
          },
        ];
      });
    }),
};

const ciVariables = (picture: Picture) =>
  picture.all('ci').flatMap(({ variables, jobs }) => [...variables, ...jobs.flatMap((job) => job.variables)]);
