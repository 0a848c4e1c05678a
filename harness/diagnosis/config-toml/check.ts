import { KeyLines } from '../../recipes/config-toml/lines.ts';
import { type ReadRunner, readConfigToml } from '../../recipes/config-toml/read.ts';
import { checkDockerConfigScript } from '../docker-config/check.ts';
import { atLine } from '../proxy-value.ts';
import type { Remark } from '../remark.ts';
import { checkEnvironment, jobValues } from './environment.ts';

/** The keys of `[[runners]]` that the page writes, which the runner knows in no other table. */
const PAGE_KEYS = ['environment', 'pre_clone_script', 'pre_get_sources_script', 'pre_build_script'] as const;

/** Checks a config.toml as to what the page says of it. */
export function checkConfigToml(text: string): Remark[] {
  const read = readConfigToml(text);
  if ('why' in read) {
    return atLine(read.line, [
      {
        level: 'error',
        says: `This is no config.toml that gitlab-runner would load: ${read.why}. A running one keeps the configuration that it has, and says so in its log alone.`,
        fix: 'In a script of one line, each " is written \\", and each \\ is written \\\\.',
      },
    ]);
  }
  const { config } = read;
  const lines = new KeyLines(text);
  const runners = config.runners ?? [];
  const misplaced = PAGE_KEYS.filter((key) => key in config).map(
    (key): Remark => misplacedKey(lines.beforeRunners(key), key, 'before the first [[runners]]'),
  );
  if (runners.length === 0) {
    misplaced.push({
      level: 'error',
      says: 'There is no [[runners]] section.',
      fix: 'Register a runner, or write one.',
    });
  }
  return [...misplaced, ...runners.flatMap((runner, nth) => checkRunner(lines, runner, nth))];
}

function misplacedKey(line: number | undefined, key: string, where: string): Remark {
  return {
    level: 'error',
    ...(line === undefined ? {} : { line }),
    says: `${key} stands ${where}, where the runner does not know it and ignores it.`,
    fix: `A key belongs to the table header above it: move ${key} up to the lines directly below [[runners]].`,
  };
}

function checkRunner(lines: KeyLines, runner: ReadRunner, nth: number): Remark[] {
  const line = (key: string): number | undefined => lines.inRunner(key, nth);
  const environment = runner.environment ?? [];
  const values = jobValues(environment);
  const tables = Object.entries(runner).filter(([, value]) => isTable(value));
  return [
    ...tables.flatMap(([table, value]) =>
      PAGE_KEYS.filter((key) => isTable(value) && key in value).map((key) =>
        misplacedKey(line(key), key, `in [runners.${table}]`),
      ),
    ),
    ...atLine(line('environment'), checkEnvironment(environment, runner.executor)),
    ...atLine(line('pre_clone_script') ?? line('pre_get_sources_script'), checkHook(runner, values)),
    ...atLine(line('pre_build_script'), checkDockerConfigScript(runner.pre_build_script ?? '', values)),
    ...atLine(line('services'), checkServices(runner, values)),
  ];
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function checkHook(runner: ReadRunner, values: ReadonlyMap<string, string>): Remark[] {
  const { pre_clone_script: old, pre_get_sources_script: current } = runner;
  const remarks: Remark[] = [];
  if (old !== undefined && current === undefined) {
    remarks.push({
      level: 'warning',
      says: 'pre_clone_script is gone: gitlab-runner ignores it from 17.0 on, so git then has no proxy from it.',
      fix: 'From 15.9 on it is called pre_get_sources_script; before that only pre_clone_script is known.',
    });
  }
  const script = current ?? old ?? '';
  const unset = [...new Set([...script.matchAll(/\$\{?(https?_proxy)\b/gi)].flatMap(([, name]) => name ?? []))].filter(
    (name) => !values.get(name),
  );
  if (unset.length > 0) {
    remarks.push({
      level: 'error',
      says: `The hook uses ${unset.join(' and ')}, which environment does not set; the service's own variables do not reach containers. git config then asks for the value instead of setting it, and fails, and the job with it.`,
      fix: `Set ${unset.join(' and ')} in environment, in this spelling.`,
    });
  }
  return remarks;
}

function checkServices(runner: ReadRunner, values: ReadonlyMap<string, string>): Remark[] {
  const { docker } = runner;
  const dind = docker?.services?.find(({ name }) => /(^|[/:-])dind\b/.test(name));
  if (!docker || !dind) return [];
  const remarks: Remark[] = [];
  if (!(docker.services_privileged ?? docker.privileged)) {
    remarks.push({
      level: 'error',
      says: 'A dind service cannot start its daemon without privileges; jobs say “Cannot connect to the Docker daemon”.',
      fix: 'Set privileged = true in [runners.docker].',
    });
  }
  const proxied = [...values.keys()].some((name) => /^https?_proxy$/i.test(name));
  const noProxy = values.get('NO_PROXY') ?? values.get('no_proxy') ?? '';
  if (proxied && !/(^|[,\s])(docker\b|\*)/.test(noProxy)) {
    remarks.push({
      level: 'warning',
      says: 'Jobs have a proxy, and NO_PROXY does not name the dind service: with DOCKER_HOST=tcp://docker:2375 the docker CLI asks the proxy for it, which cannot know the name.',
      fix: 'Add "NO_PROXY=docker:2375,docker:2376" and the same as no_proxy to environment.',
    });
  }
  return remarks;
}
