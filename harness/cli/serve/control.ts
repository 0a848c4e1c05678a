import { readFile, writeFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { UsageError } from '../../conformance/index.ts';
import {
  type FaultKind,
  type FaultView,
  type JobView,
  type LabState,
  PRESET_NAMES,
  type QueuedJobs,
} from '../../serve/index.ts';
import { EXIT, type ExitCode, type Terminal } from '../exit.ts';
import { print } from '../print.ts';
import { LabClient } from './lab-client.ts';

/** What can be typed after `serve ctl`. */
const USAGE = `ctl takes one of these:
  state                                  what the lab is, in short
  fault kinds                            what can go wrong
  fault list
  fault add <name> [key=value ...]       proxy=standby for the second proxy; values are JSON, or words
  fault off <id>
  plan <name> | plan honest              what GitLab answers; plan alone lists the names
  job run [line ...]                     queues a job with these lines
  job ci <file>                          queues the jobs of a .gitlab-ci.yml
  job list | job cancel <id> | job trace <id>
  proxy start|stop|restart [standby]
  credentials others|none [standby]      whom the proxy lets in
  keep <file>                            a report (.html), HAR (.har, .json), ledger (.ndjson) or case (.yaml)`;

/** What a file holds, by how its name ends. */
const KEPT: Readonly<Record<string, string>> = {
  '.html': 'report.html',
  '.json': 'har.json',
  '.har': 'har.json',
  '.ndjson': 'ledger.ndjson',
  '.yaml': 'case.yaml',
};

type Verb = (words: readonly string[], lab: LabClient, terminal: Terminal) => Promise<string>;

const VERBS: Readonly<Record<string, Verb>> = {
  state: async (_words, lab) => asText(await lab.get<LabState>('state')),
  fault: async ([what, name, ...rest], lab) => {
    if (what === 'kinds')
      return lines(
        (await lab.get<FaultKind[]>('faults')).map(({ name: each, schema }) => `${each}  ${keysOf(schema)}`),
      );
    if (what === 'list') return lines((await lab.get<LabState>('state')).faults.map(faultLine));
    if (what === 'off' && name) {
      await lab.send('DELETE', `faults/${name}`);
      return `Fault ${name} is off.\n`;
    }
    if (what !== 'add' || name === undefined) throw new UsageError(USAGE);
    const { proxy = 'proxy', ...fault } = pairs(rest);
    return `On: ${faultLine(await lab.send<FaultView>('POST', 'faults', { proxy, fault: { fault: name, ...fault } }))}\n`;
  },
  plan: async ([name], lab) => {
    if (name !== 'honest' && !PRESET_NAMES.some((each) => each === name))
      throw new UsageError(`plan takes honest, or one of: ${PRESET_NAMES.join(', ')}.`);
    await lab.send('PUT', 'plan', name === 'honest' ? { honest: true } : { preset: name });
    return name === 'honest' ? 'GitLab answers honestly.\n' : `GitLab follows ${name}.\n`;
  },
  job: async ([what, ...rest], lab, { cwd }) => {
    const [first] = rest;
    if (what === 'run')
      return queued(await lab.send<QueuedJobs>('POST', 'jobs', rest.length > 0 ? { script: rest } : {}));
    if (what === 'list') return lines((await lab.get<LabState>('state')).jobs.map(jobLine));
    if (first === undefined) throw new UsageError(USAGE);
    if (what === 'ci')
      return queued(await lab.sendText<QueuedJobs>('jobs/ci', await readFile(resolve(cwd, first), 'utf8')));
    if (what === 'trace') return lab.text(`jobs/${first}/trace`);
    if (what !== 'cancel') throw new UsageError(USAGE);
    await lab.send('POST', `jobs/${first}/cancel`);
    return `Job ${first} is canceled.\n`;
  },
  proxy: async ([what, name = 'proxy'], lab) => {
    if (what === undefined || !['start', 'stop', 'restart'].includes(what)) throw new UsageError(USAGE);
    await lab.send('POST', `proxies/${name}/${what}`);
    return `${name}: ${what}.\n`;
  },
  credentials: async ([to, name = 'proxy'], lab) => {
    if (to !== 'others' && to !== 'none') throw new UsageError(USAGE);
    await lab.send('PUT', `proxies/${name}/credentials`, to === 'none' ? { none: true } : { rotate: true });
    if (to === 'none') return `${name} lets nobody in.\n`;
    const [shell] = (await lab.get<LabState>('state')).pastes;
    return `${name} lets others in now:\n${shell?.text ?? ''}`;
  },
  keep: async ([file], lab, { cwd }) => {
    const kept = KEPT[extname(file ?? '')];
    if (file === undefined || kept === undefined)
      throw new UsageError(`keep takes the name of a file that ends in one of: ${Object.keys(KEPT).join(', ')}.`);
    await writeFile(resolve(cwd, file), await lab.text(`export/${kept}`), { mode: 0o600 });
    return `Written: ${file}\n`;
  },
};

/**
 * Controls a lab that is up, from another terminal.
 * @param url that `serve` has printed, token included
 * @throws UsageError when it is not clear what is to be done, or the lab says no
 */
export async function control(
  words: readonly string[],
  url: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const [name = '', ...rest] = words;
  const act = VERBS[name];
  if (!act) throw new UsageError(USAGE);
  print(terminal.stdout, await act(rest, LabClient.at(url), terminal));
  return EXIT.ok;
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

const keysOf = ({ properties }: FaultKind['schema']): string =>
  Object.keys((properties ?? {}) as object)
    .filter((key) => key !== 'fault')
    .map((key) => `${key}=${valuesOf((properties as Readonly<Record<string, ValueSchema>>)[key])}`)
    .join(' ');

/** What of a JSON Schema says how a value is typed. */
interface ValueSchema {
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly ValueSchema[];
  readonly type?: string;
}

/** What a key takes, as somebody types it: its words, or what kind of value. */
function valuesOf({ enum: words, const: word, anyOf, type }: ValueSchema = {}): string {
  if (anyOf) return anyOf.map(valuesOf).join('|');
  return word === undefined ? (words?.join('|') ?? `<${type ?? 'value'}>`) : String(word);
}

const faultLine = ({ id, proxy, does, struck }: FaultView): string =>
  `${id}  ${proxy}: ${does} Struck ${struck} times.`;

const jobLine = ({ id, name, state }: JobView): string => `${id}  ${state}${name === undefined ? '' : `  ${name}`}`;

const queued = ({ jobs, leftOut }: QueuedJobs): string =>
  lines([...jobs.map(({ id, name }) => `Queued: ${id}  ${name}`), ...leftOut]);

/** Words such as `times=1`: JSON where it is JSON. */
function pairs(words: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    words.map((word) => {
      const [, key, value] = /^([A-Za-z]+)=(.*)$/s.exec(word) ?? [];
      if (key === undefined || value === undefined) throw new UsageError(`${word} is not key=value.\n${USAGE}`);
      return [key, parsedValue(value)];
    }),
  );
}

function parsedValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function asText({ peers, faults, plan, jobs, findings, connections, record }: LabState): string {
  return lines([
    ...peers.map(({ name, url, listening }) => `${name.padEnd(9)} ${url}${listening === false ? ' (stopped)' : ''}`),
    `plan      ${plan ?? 'honest'}`,
    ...faults.map((each) => `fault     ${faultLine(each)}`),
    ...jobs.map((each) => `job       ${jobLine(each)}`),
    `open      ${connections.length} connections`,
    `record    ${record.kept} events of ${record.limit} at most; ${record.dropped} let go`,
    ...findings.map(({ says, times }) => `! ${says}${times > 1 ? ` (${times} times)` : ''}`),
  ]);
}
