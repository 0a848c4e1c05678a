import { readEnvironment, readShown } from '../../recipes/systemd/index.ts';
import type { Remark } from '../remark.ts';

/** What there is of a service besides the file: what systemd has loaded, and what the process was started with. */
export interface LoadedService {
  readonly service: string;
  /** Output of `systemctl show --property=Environment SERVICE`. */
  readonly shown: string;
  /** The process's own environment, `/proc/PID/environ`; not compared when left out. */
  readonly running?: ReadonlyMap<string, string>;
}

/** Compares a drop-in with what systemd knows of it and what the service runs with: the steps that people forget. */
export function checkLoaded(text: string, { service, shown, running }: LoadedService): Remark[] {
  const written = new Map(readEnvironment(text).assignments.map(({ name, value }) => [name, value]));
  const loaded = readShown(shown);
  const unknown = differing(written, loaded);
  if (unknown.length > 0) {
    return [
      {
        level: 'error',
        says: `The file sets ${unknown.join(', ')}, but systemd has not loaded that: it keeps what it read before.`,
        fix: `Run systemctl daemon-reload, then systemctl restart ${service}.`,
      },
    ];
  }
  const stale = running ? differing(written, running) : [];
  if (stale.length === 0) return [];
  return [
    {
      level: 'error',
      says: `systemd has loaded ${stale.join(', ')}, but ${service} still runs with the environment that it was started with.`,
      fix: `Run systemctl restart ${service}.`,
    },
  ];
}

const differing = (wanted: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): string[] =>
  [...wanted].filter(([name, value]) => found.get(name) !== value).map(([name]) => name);
