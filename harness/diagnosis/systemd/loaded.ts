import { readEnvironment, readShown } from '../../recipes/systemd/index.ts';
import type { Remark } from '../remark.ts';

/** What there is of a service besides the file: what systemd has loaded, and what the process was started with. */
export interface LoadedService {
  readonly service: string;
  /** Output of `systemctl show --property=Environment SERVICE`. */
  readonly shown: string;
  /** What its unit takes away again: `systemctl show --property=UnsetEnvironment`; nothing by default. */
  readonly unset?: readonly string[];
  /** The process's own environment, `/proc/PID/environ`; not compared when left out. */
  readonly running?: ReadonlyMap<string, string>;
}

/** Compares a drop-in with what systemd knows of it and what the service runs with: the steps that people forget. */
export function checkLoaded(text: string, { service, shown, unset = [], running }: LoadedService): Remark[] {
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
  // As NAME, or as NAME=VALUE, which takes away that value alone (systemd.exec(5)).
  const taken = stale.filter((name) => unset.some((each) => each.split('=')[0] === name));
  if (taken.length > 0) {
    return [
      {
        level: 'error',
        says: `systemctl show --property=Environment prints ${taken.join(', ')}, but another file of the unit takes that away again (UnsetEnvironment=), so ${service} runs without.`,
        fix: `Take the line out of the file that systemctl cat ${service} shows, then run systemctl daemon-reload and systemctl restart ${service}.`,
      },
    ];
  }
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
