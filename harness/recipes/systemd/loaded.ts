import type { Remark } from '../remark.ts';
import { readEnvironment } from './read.ts';
import { splitWords } from './words.ts';

/** The page's command that shows what systemd has loaded. */
export const showEnvironment = (service: string): string[] => ['systemctl', 'show', '--property=Environment', service];

/**
 * The variables of `systemctl show --property=Environment`; words with special characters come quoted, and a value's
 * dollar signs and backslashes escaped.
 */
export function readShown(output: string): ReadonlyMap<string, string> {
  const line = output.split('\n').find((each) => each.startsWith('Environment=')) ?? '';
  const split = splitWords(line.slice('Environment='.length).replaceAll('\\$', '$').replaceAll('\\`', '`'));
  const words = 'words' in split ? split.words : [];
  return new Map(
    words.map((word) => {
      const equals = word.indexOf('=');
      return [word.slice(0, equals), word.slice(equals + 1)];
    }),
  );
}

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
