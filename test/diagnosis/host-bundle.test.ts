import { describe, expect, it } from 'vitest';
import { type Bundle, diagnose } from '../../harness/diagnosis/index.ts';
import { laterDropIn } from '../../harness/kit/host/files.ts';
import { PAGE_PATHS } from '../../harness/kit/index.ts';
import { HEALTHY, type HostFiles } from './_host.ts';

const bundleOf = (files: HostFiles): Bundle => ({
  files: Object.entries(files).map(([path, text]) => ({ name: path.replace(/^\//, ''), bytes: Buffer.from(text) })),
  unread: [],
});

const told = (files: HostFiles) =>
  diagnose(bundleOf(files)).findings.flatMap(({ severity, cause, file }) =>
    severity === 'note' ? [] : [`${cause} in /${file}`],
  );

const written =
  (path: string, from: string | RegExp, to: string) =>
  (files: HostFiles): HostFiles => {
    const text = files[path]?.replaceAll(typeof from === 'string' ? from : new RegExp(from, 'g'), to) ?? '';
    expect(text).not.toBe(files[path]);
    return { ...files, [path]: text };
  };

/** The mistakes of host/mistake that a file or a command shows; the others are of what the page adds for clients of some kinds. */
const MISTAKES: readonly (readonly [mistake: string, cause: string, change: (files: HostFiles) => HostFiles])[] = [
  [
    'wrong-docker0-address',
    `value/proxy-refuses-connection in ${PAGE_PATHS.cntlm}`,
    // cntlm ends, as it cannot listen there.
    (files) =>
      written(
        PAGE_PATHS.cntlm,
        'Listen       172.17',
        'Listen       172.18',
      )(written('listening.txt', /^.*:3128.*\n/, '')(files)),
  ],
  [
    'section-typo',
    `systemd/wrong-section in ${PAGE_PATHS.docker}`,
    written(PAGE_PATHS.docker, '[Service]', '[Servce]'),
  ],
  [
    'https-scheme',
    `value/https-scheme-for-plain-proxy in ${PAGE_PATHS.docker}`,
    written(PAGE_PATHS.docker, '=http://', '=https://'),
  ],
  [
    'docker-not-restarted',
    'systemd/not-restarted in /systemctl-show.txt',
    written('environment-of-docker.txt', /\n.*PROXY=[^\n]*/, ''),
  ],
  [
    'no-restart',
    'systemd/not-restarted in /systemctl-show.txt',
    written('environment-of-gitlab-runner.txt', /\n.*PROXY=[^\n]*/, ''),
  ],
  [
    'runner-without-daemon-reload',
    'systemd/not-reloaded in /systemctl-show.txt',
    written('systemctl-show.txt', 'NeedDaemonReload=no', 'NeedDaemonReload=yes'),
  ],
  ['missing-port', `value/port-missing in ${PAGE_PATHS.runner}`, written(PAGE_PATHS.runner, ':3128', '')],
  [
    'later-drop-in',
    `systemd/overridden-by-later-drop-in in ${laterDropIn('HTTP_PROXY').path}`,
    (files) => ({ ...files, [laterDropIn('HTTP_PROXY').path]: laterDropIn('HTTP_PROXY').content }),
  ],
  [
    'cntlm-not-restarted',
    `value/proxy-refuses-connection in ${PAGE_PATHS.docker}`,
    written('listening.txt', /^.*:3128.*\n/, ''),
  ],
  [
    'lower-case-only',
    `config-toml/hook-fails-without-variable in ${PAGE_PATHS.config}`,
    written(PAGE_PATHS.config, /"(?:HTTPS?|NO)_PROXY=[^"]*",? ?/, ''),
  ],
];

describe('what collect gathers of the host of the page', () => {
  it('is found to be right when it is', () => {
    // The page's own upper-case variables have no scheme, which some clients in jobs do not take.
    expect(told(HEALTHY)).toEqual([`value/scheme-missing in ${PAGE_PATHS.config}`]);
    expect(diagnose(bundleOf(HEALTHY)).unread).toEqual([]);
  });

  it.each(MISTAKES)('%s is named', (_, cause, change) => {
    expect(told(change(HEALTHY))).toContain(cause);
  });
});
