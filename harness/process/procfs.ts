import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** What Linux says about a process; without a /proc there is nothing to say. */
export interface ProcessEntry {
  readonly pid: number;
  /** The process that it is a child of; 0 when that is outside of what can be seen. */
  readonly parent: number;
  /** The process id of its group's leader. */
  readonly group: number;
  /** Clock ticks between the machine's start and the process's: with the pid it names a process for good. */
  readonly startTime: number;
  /** The program's short name, at most 15 characters. */
  readonly name: string;
  readonly zombie: boolean;
}

/** proc(5), /proc/pid/stat: the name stands in parentheses and may hold any character, so the last one counts. */
export function readProcess(pid: number | 'self'): ProcessEntry | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const open = stat.indexOf('(');
  const close = stat.lastIndexOf(')');
  if (open < 0 || close < 0) return undefined;
  const fields = stat.slice(close + 2).split(' ');
  return {
    pid: Number.parseInt(stat, 10),
    parent: Number(fields[1]),
    group: Number(fields[2]),
    startTime: Number(fields[19]),
    name: stat.slice(open + 1, close),
    zombie: fields[0] === 'Z' || fields[0] === 'X',
  };
}

/** Every process that is alive and visible. */
export function readProcesses(): ProcessEntry[] {
  return entries('/proc').flatMap((entry) => {
    const found = /^\d+$/.test(entry) ? readProcess(Number(entry)) : undefined;
    return found && !found.zombie ? [found] : [];
  });
}

/** The environment a process was started with; empty when it may not be read. */
export function environmentOf(pid: number): ReadonlyMap<string, string> {
  const pairs = read(`/proc/${pid}/environ`)
    .split('\0')
    .filter((each) => each.includes('='));
  return new Map(pairs.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]));
}

/** A process's ids, from this process's namespace to its own, innermost last (proc(5), NSpid); none when it is gone. */
export const processIds = (pid: number): number[] =>
  /^NSpid:\s*(.*)$/m
    .exec(read(`/proc/${pid}/status`))?.[1]
    ?.split(/\s+/)
    .map(Number) ?? [];

/** The control groups a process is in, as proc(5) has them: a line for each hierarchy. */
export const controlGroupsOf = (pid: number): string => read(`/proc/${pid}/cgroup`);

/** The directory a process works in; undefined when that may not be known. */
export function directoryOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** The processes that this one forked and that are still there, oldest first. */
export function childrenOf(pid: number): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/** The inode of this process's pid namespace: pids mean something only within it. 0 where there is none. */
export function pidNamespace(): number {
  try {
    return Number(/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? 0);
  } catch {
    return 0;
  }
}

/** Paths at which a socket is bound in this process's network namespace (unix(7)); abstract ones have none. */
export const boundSockets = (): string[] =>
  read('/proc/net/unix')
    .split('\n')
    .flatMap((line) => /^(?:\S+ +){6}\d+ (\/.*)$/.exec(line)?.[1] ?? []);

/** Changes with every start of the machine; empty where the machine does not say. */
export const bootId = (): string => read('/proc/sys/kernel/random/boot_id').trim();

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function entries(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
