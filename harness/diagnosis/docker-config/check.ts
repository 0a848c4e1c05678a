import { echoed } from '../../recipes/docker-config/echoed.ts';
import type { DockerProxies } from '../../recipes/docker-config/host-file.ts';
import { SAFE_DOCKER_CONFIG_SCRIPT } from '../../recipes/docker-config/in-container.ts';
import { readDockerConfig } from '../../recipes/docker-config/read.ts';
import { atLine, checkNoProxyValue, checkProxyValue } from '../proxy-value.ts';
import type { Remark } from '../remark.ts';

const UNREAD =
  'The docker CLI then prints “WARNING: Error loading config file” and goes on without the file, so no container gets a proxy and no registry its login.';

/** Checks a config.json of the docker CLI. */
export function checkDockerConfig(text: string): Remark[] {
  const read = readDockerConfig(text);
  if ('why' in read) {
    return atLine(read.line, [
      {
        level: 'error',
        says: `This is no valid config.json: ${read.why}. ${UNREAD}`,
        fix: 'If a script echoes it, a value holds a quotation mark, a backslash or a line break, or one level of escaping is missing: look at the script with proxyproof check.',
      },
    ]);
  }
  const remarks: Remark[] = [];
  if (read.size === 0) {
    remarks.push({
      level: 'error',
      says: 'There is no "proxies", so the docker CLI gives no container and no build a proxy.',
      fix: 'Write { "proxies": { "default": { "httpProxy": "http://HOST:PORT", "httpsProxy": "http://HOST:PORT", "noProxy": "docker:2375,docker:2376" } } }.',
    });
  }
  const lineOf = lineFinder(text);
  for (const [daemon, proxies] of read) remarks.push(...checkEntry(lineOf, daemon, proxies));
  return remarks;
}

/** The keys of daemon.json, which the CLI does not know, and the variables' own names. */
const OTHER_SPELLINGS = /^(?:(https?|no)[-_]proxy)$/i;

function checkEntry(lineOf: LineOf, daemon: string, proxies: DockerProxies): Remark[] {
  if (OTHER_SPELLINGS.test(daemon)) {
    return atLine(lineOf(daemon), [
      {
        level: 'error',
        says: `"${shownDaemon(daemon)}" directly in "proxies" is how daemon.json has it for dockerd itself; the CLI takes it for the name of a daemon, and ignores it.`,
        fix: 'In config.json write "proxies": { "default": { "httpProxy": …, "httpsProxy": …, "noProxy": … } }.',
      },
    ]);
  }
  const remarks: Remark[] = [];
  if (proxies.httpProxy === undefined && proxies.httpsProxy === undefined) {
    remarks.push({
      level: 'error',
      says: `"proxies"."${shownDaemon(daemon)}" has neither "httpProxy" nor "httpsProxy", so containers get no proxy.`,
      fix: 'The keys are spelled httpProxy, httpsProxy and noProxy.',
    });
  } else if (proxies.noProxy === undefined || proxies.noProxy === '') {
    remarks.push({
      level: 'warning',
      says: `"proxies"."${shownDaemon(daemon)}" has no "noProxy": containers ask the proxy for each other by name, which it cannot resolve.`,
      fix: 'Name what is near, such as "noProxy": "docker:2375,docker:2376".',
    });
  }
  if (proxies.noProxy !== undefined) {
    remarks.push(...atLine(lineOf('noProxy'), checkNoProxyValue('noProxy', proxies.noProxy)));
  }
  for (const key of ['httpProxy', 'httpsProxy'] as const) {
    const value = proxies[key];
    if (value !== undefined) remarks.push(...atLine(lineOf(key), checkProxyValue(key, value, 'container')));
  }
  return remarks;
}

/** A daemon's URL as a remark may show it: what is none may hold a password. */
const shownDaemon = (daemon: string): string => (/^[\w.:/-]{1,80}$/.test(daemon) ? daemon : '…');

/** The first line on which a text stands in quotation marks, as a key does. */
type LineOf = (key: string) => number | undefined;

/** Looks through the text once. */
function lineFinder(text: string): LineOf {
  const first = new Map<string, number>();
  for (const [index, line] of text.split('\n').entries()) {
    for (const [quoted] of line.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"/g))
      if (!first.has(quoted)) first.set(quoted, index + 1);
  }
  return (key) => first.get(JSON.stringify(key));
}

/** Which variable goes into which key, by the page's script. */
const KEYS = { httpProxy: 'HTTP_PROXY', httpsProxy: 'HTTPS_PROXY', noProxy: 'NO_PROXY' } as const;

/**
 * Checks a script that echoes a config.json out of a job's variables, as the page's `before_script` and
 * `pre_build_script` do: what would be written, and whether that still is what the variables say.
 * @param variables the job's, as far as they are known
 */
export function checkDockerConfigScript(script: string, variables: ReadonlyMap<string, string>): Remark[] {
  if (!/\.docker\/config\.json/.test(script)) return [];
  const written = echoed(script, variables);
  if (written === undefined) return [];
  const harmless = echoed(script, new Map());
  if (harmless !== undefined && 'why' in readDockerConfig(harmless)) return [notEscaped()];
  const read = readDockerConfig(written);
  const breaking = Object.values(KEYS).filter((name) => breaks(variables.get(name) ?? ''));
  if ('why' in read) return [broken(breaking.length > 0 ? breaking.join(' and ') : 'A variable')];
  const values = read.get('default') ?? {};
  const mangled = Object.entries(KEYS).flatMap(([key, name]) => {
    const value = values[key as keyof typeof KEYS];
    return value === undefined || value === (variables.get(name) ?? '') ? [] : [name];
  });
  if (mangled.length === 0) return [];
  return [
    {
      level: 'error',
      says: `${mangled.join(' and ')} would stand changed in config.json, and nothing says so: a backslash in the value makes an escape of the letter after it.`,
      fix: SAFE,
    },
  ];
}

const SAFE = `Percent-encode the value (" is %22, \\ is %5C), or have the script escape it: ${SAFE_DOCKER_CONFIG_SCRIPT}`;

const breaks = (value: string): boolean => {
  try {
    return JSON.parse(`"${value}"`) !== value;
  } catch {
    return true;
  }
};

const notEscaped = (): Remark => ({
  level: 'error',
  says: `The script's echo does not print JSON, whatever the variables hold: quotation marks are lost to the shell. ${UNREAD}`,
  fix: 'In TOML each of them needs two levels, \\\\\\" ; in a YAML string in single quotes one, \\" .',
});

const broken = (names: string): Remark => ({
  level: 'error',
  says: `${names} would make a config.json that is no JSON: the script puts the value between quotation marks as it is. ${UNREAD}`,
  fix: SAFE,
});
