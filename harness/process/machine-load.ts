import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';

/** How busy a machine is. */
export interface MachineLoad {
  /** The share of the time since the last look in which somebody waited for a processor, from 0 to 1. */
  readonly waiting: number;
  /** Memory that can be had without taking it from anybody, in bytes. */
  readonly memory: number;
}

/** Looks at a machine; each look is about the time since the one before. */
export type LookAtLoad = () => MachineLoad;

/** The kernel's own account (Documentation/accounting/psi.rst); the total is in microseconds. */
const PRESSURE = '/proc/pressure/cpu';

/**
 * Looks at this machine. Where its kernel keeps no account of pressure, processors that are all busy stand for it.
 * @param file where the kernel's account is
 */
export function lookAtThisMachine(file: string = PRESSURE): LookAtLoad {
  let before = measure(file);
  return () => {
    const now = measure(file);
    const took = now.at - before.at;
    const waiting = now.hasPressure
      ? share(now.waited - before.waited, took)
      : 1 - share(now.idle - before.idle, took * availableParallelism());
    before = now;
    return { waiting, memory: process.availableMemory() };
  };
}

interface Measured {
  /** When, in milliseconds. */
  readonly at: number;
  readonly hasPressure: boolean;
  /** How long somebody waited for a processor, in milliseconds since the machine's start. */
  readonly waited: number;
  /** How long processors had nothing to do, each counted, in milliseconds since the machine's start. */
  readonly idle: number;
}

function measure(file: string): Measured {
  const total = /^some .*total=(\d+)/m.exec(read(file))?.[1];
  return {
    at: performance.now(),
    hasPressure: total !== undefined,
    waited: Number(total ?? 0) / 1000,
    idle: cpus().reduce((sum, { times }) => sum + times.idle, 0),
  };
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const share = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole)));
