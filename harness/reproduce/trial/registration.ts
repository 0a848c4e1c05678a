import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { GitlabTokens } from '../../gitlab/handle.ts';
import { quote } from '../../runner/reference/job/shell-quote.ts';
import type { PlannedRegistration } from '../plan/plan.ts';

/** What is registered here stands beside the customer's own configuration. */
const REGISTERED = '/root/registered.toml';

/** The lines of a shell in which a runner is registered. @param url GitLab's, without a slash at its end */
export function registerCommand(
  { variables, sudo, with: kind }: PlannedRegistration,
  url: string,
  tokens: Pick<GitlabTokens, 'runner' | 'registration'>,
): string {
  const words = [
    ...(sudo === '' ? [] : sudo.split(/\s+/)),
    'gitlab-runner',
    'register',
    '--non-interactive',
    '--config',
    REGISTERED,
    '--url',
    url,
    ...(kind === 'runner-token' ? ['--token', tokens.runner] : ['--registration-token', tokens.registration]),
    '--executor',
    'docker',
    '--docker-image',
    'alpine:latest',
  ];
  const exported = Object.entries(variables).map(([name, value]) => `export ${name}=${quote(value)}`);
  return [...exported, words.map(quote).join(' ')].join('\n');
}

const TELLS = /(?:Registering|Verifying) runner/;

/** What a registration says of why it failed, first; a line of JSON as text. */
export const registrationSays = (lines: readonly string[]): readonly string[] =>
  lines
    .map((line) => asText(stripVTControlCharacters(line)))
    .toSorted((one, other) => Number(TELLS.test(other)) - Number(TELLS.test(one)));

function asText(line: string): string {
  try {
    const { msg, status } = logLine.parse(JSON.parse(line));
    return status === undefined ? msg : `${msg} status=${status}`;
  } catch {
    return line;
  }
}

const logLine = z.object({ msg: z.string(), status: z.string().optional() });
