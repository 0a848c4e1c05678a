import type { StepFailure } from '../../reproduce/index.ts';

/** How a step failed, as a sentence. */
export function failureWords({ who, kind, host, status, text }: StepFailure): string {
  const said = text === '' ? '' : ` It says: ${text}`;
  const name = WHO[who] ?? who;
  if (kind === 'direct') return `${name} went to ${host ?? 'its target'} directly, around the proxy.${said}`;
  // What the proxy behind it answered is on the record.
  if (kind === 'answered' && who === 'client' && host === undefined)
    return `cntlm refused by itself, before it asked a proxy.${said}`;
  if (kind === 'answered')
    return `the proxy answered ${name} with ${status ?? 'a status of its own'}${host === undefined ? '' : `, for ${host}`}.${said}`;
  if (kind === 'silent') return `the proxy never answered ${name} for ${host ?? 'its target'}.${said}`;
  if (kind === 'not-started') return `${name} does not run.${said}`;
  return `${name} failed.${said}`;
}

const WHO: Readonly<Record<string, string>> = {
  runner: 'gitlab-runner',
  register: 'gitlab-runner register',
  daemon: "the host's dockerd",
  dind: 'dockerd of the dind service',
  'docker-cli': "the job's docker CLI",
  git: "the job's git",
  helper: "the runner's helper",
  tool: "a program of the job's script",
  client: 'cntlm',
};
