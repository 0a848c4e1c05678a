import {
  type AxisValues,
  check,
  configJsonIsRight,
  configJsonReachesContainers,
  configJsonWarning,
  configJsonWorld,
  DIND_NO_PROXY,
  type DockerProxies,
  dockerConfigScriptFlaw,
  dockerNeeds,
  type Evidence,
  echoed,
  endsAs,
  type Finding,
  jobEnd,
  jobEnvironment,
  jobTaken,
  nothingDirect,
  type RunnerConfig,
  readDockerConfig,
  type Scenario,
  type Stage,
  scenario,
  showConfigJson,
  shownConfigJson,
  withUserinfo,
} from '../../harness/kit/index.ts';

/** One way of the page to have a job make its config.json by a script. */
export interface ConfigJsonScript extends Pick<Scenario, 'id' | 'asks' | 'explains' | 'where'> {
  /** All of the page's lines. */
  readonly script: string;
  /** How the job gets them. */
  readonly way: { readonly beforeScript?: readonly string[]; readonly config?: Partial<RunnerConfig> };
  /** What the page calls it. */
  readonly name: 'before_script' | 'pre_build_script';
  /** What the subject must be able to do besides. */
  readonly abilities: ReturnType<Scenario['abilities']>;
  /** The mutant that takes a level of escaping from it. */
  readonly unescapes: string;
}

/**
 * User and password in the job's HTTP_PROXY, as they stand. A JSON string takes the first two as they are, not the
 * third and fourth, and makes another text of the fifth.
 */
const USERINFO: Readonly<Record<string, string>> = {
  plain: '',
  dollar: 'runner:pa$HOME$$w0rd',
  quote: 'runner:pa"w0rd',
  backslash: 'corp\\user:w0rd',
  'escape-sequence': 'corp\\name:w0rd',
};

/** A scenario in which a job makes its config.json so, shows it, and has the docker CLI start a container. */
export function configJsonScript({ script, way, name, abilities, unescapes, ...declared }: ConfigJsonScript): Scenario {
  return scenario({
    ...declared,
    axes: { value: { values: Object.keys(USERINFO), default: 'plain' } },
    needs: () => dockerNeeds(),
    abilities: () => ['poll', 'docker', 'environment', ...abilities],
    work: 5_000,
    world: configJsonWorld,
    act: (stage) => runInContainer(stage, script, way),
    judge: judgeInContainer,
    mutants: [
      'never-uses-proxy',
      'proxies-only-job-requests',
      'docker-omits-upper-case',
      'docker-omits-build',
      unescapes,
    ],
    peerMutants: [
      {
        name: `${name}-takes-https-from-http`,
        says: `The ${name} writes HTTP_PROXY where HTTPS_PROXY belongs.`,
        finding:
          /config\.json is valid JSON and has the three values\. Observed: it is JSON, but httpsProxy is not what/,
        act: (stage) => runInContainer(stage, script, astray(way)),
      },
    ],
    control: { without: `the ${name}`, act: (stage) => runInContainer(stage, '', {}) },
  });
}

const isPlain = (axes: AxisValues): boolean => axes['value'] === 'plain';

/** Marks what the recipe makes of the script beforehand. */
const FORETOLD = 'foretold';

/** What the script must write, by a model of the shell, and what the check of the recipe says of it. */
interface Foretold {
  readonly text?: string;
  readonly flaw?: string;
}

function proxyUrl({ world, axes }: Stage): string {
  const userinfo = USERINFO[axes['value'] ?? ''];
  return userinfo ? withUserinfo(world.proxy.url, userinfo) : world.proxy.url;
}

/** Which the script takes for https can be told from the other by its value alone; nobody asks for https here. */
const FOR_HTTPS = '/https';

/** The page's `environment`, whose values for https are others than those for http. */
const environmentOf = (stage: Stage): string[] =>
  jobEnvironment(proxyUrl(stage), DIND_NO_PROXY).map((each) => (/^https_/i.test(each) ? `${each}${FOR_HTTPS}` : each));

/** What that comes to: its upper-case values have no scheme. */
function proxies(stage: Stage): DockerProxies {
  const address = proxyUrl(stage)
    .replace(/^http:\/\//, '')
    .replace(/\/+$/, '');
  return { httpProxy: address, httpsProxy: `${address}${FOR_HTTPS}`, noProxy: DIND_NO_PROXY };
}

async function runInContainer(stage: Stage, script: string, way: ConfigJsonScript['way']): Promise<void> {
  const { httpProxy = '', httpsProxy = '', noProxy = '' } = proxies(stage);
  const variables = new Map(Object.entries({ HTTP_PROXY: httpProxy, HTTPS_PROXY: httpsProxy, NO_PROXY: noProxy }));
  const foretold = {
    text: echoed(script, variables),
    flaw: dockerConfigScriptFlaw(script, variables),
  };
  stage.world.mark(FORETOLD, JSON.stringify(foretold));
  const job = way.beforeScript ? { beforeScript: way.beforeScript } : {};
  await showConfigJson(stage, proxies(stage), job, {
    environment: environmentOf(stage),
    ...way.config,
  });
}

/** The script with the wrong variable in it, wherever the job gets it from. */
function astray({ beforeScript, config }: ConfigJsonScript['way']): ConfigJsonScript['way'] {
  const changed = (line: string): string => line.replaceAll('HTTPS_PROXY', 'HTTP_PROXY');
  return {
    ...(beforeScript ? { beforeScript: beforeScript.map(changed) } : {}),
    ...(config?.preBuildScript === undefined
      ? {}
      : { config: { ...config, preBuildScript: changed(config.preBuildScript) } }),
  };
}

/** What is to be found of a config.json that a job has made. */
function judgeInContainer(evidence: Evidence, { axes }: { readonly axes: AxisValues }): readonly Finding[] {
  const untaken = jobTaken(evidence);
  if (untaken) return [untaken, nothingDirect(evidence)];
  const common = [endsAs(evidence, 'success'), nothingDirect(evidence)];
  if (isPlain(axes)) return [configJsonIsRight(evidence), configJsonReachesContainers(evidence), ...common];
  return [isReported(evidence), ...common];
}

/** That a value is carried unharmed, or that the check has said beforehand that it would not be. */
function isReported(evidence: Evidence): Finding {
  const foretold: Foretold = JSON.parse(evidence.mark(FORETOLD)?.what ?? '{}');
  const text = shownConfigJson(evidence)?.trimEnd();
  const harmless = configJsonIsRight(evidence).verdict === 'holds';
  const holds = text !== undefined && text === foretold.text && harmless === (foretold.flaw === undefined);
  return check(
    holds,
    'the value is carried as it is, or the check of the script reports it',
    text === undefined || text === foretold.text
      ? `${became(evidence, text, harmless)}; the check had said: ${foretold.flaw ?? 'nothing'}`
      : 'config.json is not what the script makes of these values: variables were missing or changed, or quotation marks lost a level of escaping',
    jobEnd(evidence),
  );
}

function became(evidence: Evidence, text: string | undefined, harmless: boolean): string {
  if (text === undefined) return 'the job has no config.json';
  if (harmless) return 'the value is in config.json as it is in the variables';
  const read = readDockerConfig(text);
  if (!('why' in read)) return 'config.json is valid JSON with another value, of which the CLI says nothing';
  const warned = configJsonWarning(evidence);
  return `config.json is no JSON (${read.why})${warned === undefined ? '' : `, and the CLI says so: “${warned}”`}`;
}
