import { goNoProxy } from '../../clients/go/index.ts';
import type { Assigned, CiJob, Place, RunnerFacts, ScriptLine } from '../documents/document.ts';
import { kept } from '../kept.ts';
import type { Picture } from '../picture/picture.ts';
import { lineOf } from './_values.ts';

/** A service container of a job. */
export interface ServiceSeen extends Place {
  readonly name: string;
  readonly alias: string | undefined;
  readonly environment: readonly Assigned[];
  readonly command: readonly string[];
}

/** A job on a runner, as far as the files tell: what its containers get. */
export interface JobSeen {
  /** Undefined where .gitlab-ci.yml is not there: any job of the runner. */
  readonly job: CiJob | undefined;
  /** Undefined where config.toml is not there. */
  readonly runner: RunnerFacts | undefined;
  /** The runner's variables, and the job's own, which win; references to each other are put in. */
  readonly variables: ReadonlyMap<string, Assigned>;
  readonly services: readonly ServiceSeen[];
  readonly script: readonly ScriptLine[];
}

/** Every job on every runner whose jobs run in containers; of several runners those that a job's trace names, if one does. */
export function jobsSeen(picture: Picture): readonly JobSeen[] {
  const contained = picture.runners.filter((runner) => runner.contained);
  const traced = contained.filter(({ name }) =>
    picture.lines.some(({ text }) => /^\s*on \S/.test(text) && text.includes(` ${name} `)),
  );
  const chosen = traced.length > 0 ? traced : contained;
  // Where all runners are of the host, jobs have no containers.
  const runners: readonly (RunnerFacts | undefined)[] =
    chosen.length > 0 ? chosen : picture.runners.length > 0 ? [] : [undefined];
  const documents = picture.all('ci');
  // Files that include each other share what they set for all jobs.
  const shared = documents.length > 1 ? documents.flatMap((document) => document.variables) : [];
  const jobs: readonly (CiJob | undefined)[] = documents.flatMap((document) =>
    document.jobs.map((job) => ({ ...job, variables: [...shared, ...job.variables] })),
  );
  return runners.flatMap((runner) => (jobs.length > 0 ? jobs : [undefined]).map((job) => seen(runner, job)));
}

function seen(runner: RunnerFacts | undefined, job: CiJob | undefined): JobSeen {
  const variables = new Map<string, Assigned>();
  for (const each of [...(runner?.environment ?? []), ...(job?.variables ?? [])]) variables.set(each.name, each);
  const own = job?.services.map(({ variables: environment, ...rest }) => ({ ...rest, environment })) ?? [];
  return {
    job,
    runner,
    variables: new Map([...variables].map(([name, each]) => [name, { ...each, value: expanded(each, variables) }])),
    services: [...(runner?.services ?? []), ...own],
    script: job?.script ?? [],
  };
}

/** References to other variables of the job, put in; one to itself, or to what is not known, stays. */
function expanded({ name, value }: Assigned, variables: ReadonlyMap<string, Assigned>, depth = 0): string {
  if (depth > 4 || !value.includes('$')) return value;
  return putIn(value, (named) => {
    const other = variables.get(named);
    return other && other.name !== name ? expanded(other, variables, depth + 1) : undefined;
  });
}

/** A text with each reference to a variable replaced by its value; one that has none stays. */
const putIn = (text: string, known: (name: string) => string | undefined): string =>
  text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, plain) => known(braced ?? plain) ?? whole);

/** A line of a job's script, with the job's variables put in where they are known. */
export const spelledOut = ({ variables }: JobSeen, text: string): string =>
  putIn(text, (name) => variables.get(name)?.value);

/** The value that Go's programs take of a variable: the upper-case one, or else the lower-case one. */
export const goVariable = ({ variables }: JobSeen, name: string): Assigned | undefined => {
  const [upper, lower] = [variables.get(name), variables.get(name.toLowerCase())];
  return upper?.value ? upper : lower?.value ? lower : undefined;
};

/** The proxy that jobs are given, whichever variable has it. */
export const jobProxy = (job: JobSeen): Assigned | undefined =>
  ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].map((name) => goVariable(job, name)).find((each) => each !== undefined);

/** Whether a job's list has a host, or may have it, as it refers to what is not known. */
export function jobExcepts(job: JobSeen, host: string, port: number): boolean {
  const lists = [job.variables.get('NO_PROXY'), job.variables.get('no_proxy')].flatMap((each) => each ?? []);
  if (lists.some(({ name, value }) => refersElsewhere(name, value))) return true;
  return lists.some(({ value }) => goNoProxy(value, host, port)) || exportsNoProxyWith(job, host);
}

const refersElsewhere = (name: string, value: string): boolean =>
  [...value.matchAll(/\$\{?(\w+)/g)].some(([, other]) => other !== name);

/** A script that makes the list itself. */
const exportsNoProxyWith = ({ script, runner }: JobSeen, host: string): boolean =>
  [...script.map(({ text }) => text), ...(runner?.hooks ?? []).map((hook) => hook.script)].some(
    (text) => /no_proxy=/i.test(text) && text.toLowerCase().includes(host),
  );

/** The list that counts for a job, or else its proxy: where a host that is missing is to be added. */
export const listPlace = (job: JobSeen): Assigned | undefined => goVariable(job, 'NO_PROXY') ?? jobProxy(job);

/** The whole text of what a job runs, hooks included. */
export const allScript = ({ script, runner }: JobSeen): string =>
  [...(runner?.hooks ?? []).map((hook) => hook.script), ...script.map(({ text }) => text)].join('\n');

/** The runner concerned, where there are several. */
export const runnerOfJob = ({ runner }: JobSeen, picture: Picture): { readonly runner?: string } =>
  runner && picture.runners.length > 1 ? { runner: runner.name } : {};

/** Whether a remark shows that GitLab's own CI/CD variables hold the proxies, where no file shows them. */
export const proxiesAreInGitlab = kept((picture: Picture): boolean =>
  picture
    .all('config-toml')
    .some(({ piece }) =>
      piece.text
        .split('\n')
        .some((line) => /^\s*#.*\b(?:CI\/CD|(?:instance|group|project)(?:[- ]level)?) variables?\b/i.test(line)),
    ),
);

/** Adds a host to the lists of a line: an edit, where each of them stands there as it is. */
export function addingHost(
  picture: Picture,
  job: JobSeen,
  host: string,
): readonly { file: string; line: number; to: string }[] {
  const lists = [job.variables.get('NO_PROXY'), job.variables.get('no_proxy')].flatMap((each) => each ?? []);
  const edits = new Map<string, { file: string; line: number; to: string }>();
  for (const { name, file, line, value } of lists) {
    const key = `${file} ${line}`;
    const before = edits.get(key)?.to ?? lineOf(picture, file, line);
    const at = before?.indexOf(value, before.indexOf(name)) ?? -1;
    if (before === undefined || at < 0 || value.trim() === '' || value.includes('\n')) return [];
    edits.set(key, { file, line, to: `${before.slice(0, at)}${value},${host}${before.slice(at + value.length)}` });
  }
  return [...edits.values()];
}

/** Whether one of a job's lists has a word as it stands, or may have it. */
export function jobExceptsWord(job: JobSeen, word: string): boolean {
  const lists = [job.variables.get('NO_PROXY'), job.variables.get('no_proxy')].flatMap((each) => each ?? []);
  return (
    lists.some(({ name, value }) => refersElsewhere(name, value)) ||
    lists.some(({ value }) =>
      value.split(/[,\s]+/).some((entry) => entry === '*' || entry.replace(/^\./, '').toLowerCase() === word),
    ) ||
    exportsNoProxyWith(job, word)
  );
}
