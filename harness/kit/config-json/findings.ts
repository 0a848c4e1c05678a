import { check, counted, type Finding } from '../../conformance/authoring.ts';
import type { EventOf, Evidence } from '../../ledger/index.ts';
import { type DockerProxies, readDockerConfig } from '../../recipes/index.ts';
import { jobEnd } from '../job/job-end.ts';
import { traceLines } from '../job/trace.ts';
import { EXPECTED, STARTED, WORD } from './run.ts';

const expectedIn = (evidence: Evidence): DockerProxies => JSON.parse(evidence.mark(EXPECTED)?.what ?? '{}');

/** What the job had as config.json; undefined when it did not show one. */
export function shownConfigJson(evidence: Evidence): string | undefined {
  const line = traceLines(evidence).find((each) => each.startsWith(WORD) && each.length > WORD.length);
  return line === undefined ? undefined : Buffer.from(line.slice(WORD.length), 'base64').toString();
}

/** The container that the job's docker CLI started. */
const startedBy = (evidence: Evidence): EventOf<'container'> | undefined =>
  evidence.of('container').find(({ what, name }) => what === 'created' && name === STARTED);

const isEmpty = (found: DockerProxies | undefined): boolean => found?.httpProxy === '' && found.httpsProxy === '';

/** That config.json is JSON, and says what it must. */
export function configJsonIsRight(evidence: Evidence): Finding {
  const text = shownConfigJson(evidence);
  const expected = expectedIn(evidence);
  const read = text === undefined ? undefined : readDockerConfig(text);
  const found = read && !('why' in read) ? read.get('default') : undefined;
  const wrong = Object.entries(expected).filter(([key, value]) => found?.[key as keyof DockerProxies] !== value);
  const seen =
    text === undefined || read === undefined
      ? 'the job has no config.json'
      : 'why' in read
        ? `it is not: ${read.why}. Quotation marks need one level of escaping for each of shell, YAML or TOML that they pass`
        : wrong.length > 0
          ? `it is JSON, but ${wrong.map(([key]) => key).join(', ')} ${wrong.length === 1 ? 'is' : 'are'} ${isEmpty(found) ? 'empty: the job lacks the upper-case variables' : 'not what the variables say'}`
          : 'it is, and does';
  const holds = found !== undefined && wrong.length === 0;
  return check(holds, 'config.json is valid JSON and has the three values', seen, jobEnd(evidence));
}

/** Which variables each key of config.json becomes, in both cases. */
const VARIABLES = { httpProxy: 'HTTP_PROXY', httpsProxy: 'HTTPS_PROXY', noProxy: 'NO_PROXY' } as const;

/** That the container of the CLI was made with both cases of the variables. */
export function configJsonReachesContainers(evidence: Evidence): Finding {
  const started = startedBy(evidence);
  const env = new Set(started?.inspect?.env);
  const wanted = Object.entries(expectedIn(evidence)).flatMap(([key, value]) => {
    const name = VARIABLES[key as keyof typeof VARIABLES];
    return [`${name}=${value}`, `${name.toLowerCase()}=${value}`];
  });
  const missing = wanted.filter((each) => !env.has(each)).map((each) => each.replace(/=.*/s, ''));
  const warned = configJsonWarning(evidence);
  const seen = !started
    ? 'the docker CLI started no container'
    : missing.length === 0
      ? `it has all ${counted(wanted.length, 'variables')}`
      : `it lacks ${missing.join(', ')}${warned === undefined ? ': the CLI found no proxies.default for its daemon' : `: the CLI says “${warned}”`}`;
  const holds = wanted.length > 0 && started !== undefined && missing.length === 0;
  return check(
    holds,
    'a container that the docker CLI starts has HTTP_PROXY, HTTPS_PROXY and NO_PROXY, in both cases',
    seen,
    started,
    jobEnd(evidence),
  );
}

/** What the docker CLI says of a config.json that it cannot read. */
export const configJsonWarning = (evidence: Evidence): string | undefined =>
  traceLines(evidence).find((line) => /WARNING: Error loading config file/.test(line));
