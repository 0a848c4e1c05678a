import { echoed } from './echoed.ts';
import { SAFE_DOCKER_CONFIG_SCRIPT } from './in-container.ts';
import { readDockerConfig } from './read.ts';

/** Which variable goes into which key, by the page's script. */
const KEYS = { httpProxy: 'HTTP_PROXY', httpsProxy: 'HTTPS_PROXY', noProxy: 'NO_PROXY' } as const;

const UNREAD = 'The docker CLI then warns, and goes on without the proxies.';
const SAFE = `Percent-encode the value (" is %22, \\ is %5C), or have the script escape it: ${SAFE_DOCKER_CONFIG_SCRIPT}`;

/**
 * What is wrong with a script that echoes a config.json out of a job's variables, as the page's `before_script` and
 * `pre_build_script` do: whether what would be written still is what the variables say.
 * @param variables the job's, as far as they are known
 * @returns sentences; undefined when nothing is wrong, or the script does another thing
 */
export function dockerConfigScriptFlaw(script: string, variables: ReadonlyMap<string, string>): string | undefined {
  if (!/\.docker\/config\.json/.test(script)) return undefined;
  const written = echoed(script, variables);
  if (written === undefined) return undefined;
  const harmless = echoed(script, new Map());
  if (harmless !== undefined && 'why' in readDockerConfig(harmless)) {
    return `The script's echo does not print JSON, whatever the variables hold: quotation marks are lost to the shell. ${UNREAD} In TOML each of them needs two levels, \\\\\\" ; in a YAML string in single quotes one, \\" .`;
  }
  const read = readDockerConfig(written);
  if ('why' in read) {
    const breaking = Object.values(KEYS).filter((name) => breaks(variables.get(name) ?? ''));
    return `${breaking.length > 0 ? breaking.join(' and ') : 'A variable'} would make a config.json that is no JSON: the script puts the value between quotation marks as it is. ${UNREAD} ${SAFE}`;
  }
  const values = read.get('default') ?? {};
  const mangled = Object.entries(KEYS).flatMap(([key, name]) => {
    const value = values[key as keyof typeof KEYS];
    return value === undefined || value === (variables.get(name) ?? '') ? [] : [name];
  });
  if (mangled.length === 0) return undefined;
  return `${mangled.join(' and ')} would stand changed in config.json, and nothing says so: a backslash in the value makes an escape of the letter after it. ${SAFE}`;
}

const breaks = (value: string): boolean => {
  try {
    return JSON.parse(`"${value}"`) !== value;
  } catch {
    return true;
  }
};
