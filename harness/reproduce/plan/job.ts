import { isLoopback } from '../../clients/address.ts';
import type { RunnerFacts } from '../../diagnosis/documents/document.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { endpointOf } from './endpoints.ts';
import type { Endpoint, PlannedJob } from './plan.ts';
import { transfersIn } from './transfers.ts';

const isDind = (name: string): boolean => /(?:^|[/:@-])dind\b|\bdocker:.*dind/.test(name);

/** Names of variables that lead a job's docker CLI to its daemon, which a job of ours takes over. */
const OF_DOCKER = /^DOCKER_/;

/** Images whose docker CLI ignores the proxy's variables where it speaks TLS (docker/cli#2027). */
const IGNORES_PROXY = /(?:^|\/)docker:19\.03\.[01](?![\d.])/;
/** An engine that is no service of the job, and is asked by TLS: its name has a dot. */
function remoteIn(variables: readonly { readonly name: string; readonly value: string }[]): Endpoint | undefined {
  const given = (variable: string): string => variables.findLast(({ name }) => name === variable)?.value ?? '';
  const value = given('DOCKER_HOST');
  if (given('DOCKER_TLS_VERIFY') === '') return undefined;
  const [, host = ''] = /^(?:tcp|https?):\/\/([^/]+)/.exec(value) ?? [];
  const found = endpointOf(host.includes(':') ? host : `${host}:2376`);
  return found?.host.includes('.') && !isLoopback(found.host) ? found : undefined;
}

/** The service of a job that names none, as on the page. */
const DIND = { name: 'docker:dind', alias: 'docker' } as const;

/**
 * The job that is run: theirs as far as it is about the proxy. One that builds where a file speaks of docker-in-docker, else one that
 * clones and asks.
 */
export function jobIn(picture: Picture): PlannedJob {
  const [runner] = picture.runners;
  const jobs = picture.all('ci').flatMap((each) => each.jobs.map((job) => ({ job, of: each })));
  const withDind = jobs.find(({ job, of }) => [...job.services, ...of.services].some(({ name }) => isDind(name)));
  const chosen = withDind ?? jobs[0];
  const services = chosen ? distinct([...chosen.job.services, ...chosen.of.services]) : [];
  const ofRunner = runner?.services ?? [];
  const kind =
    [...services, ...ofRunner].some(({ name }) => isDind(name)) || speaksOfDind(picture, runner) ? 'push' : 'clone';
  const image = chosen?.job.image?.name ?? runner?.image;
  const variables = chosen ? [...chosen.of.variables, ...chosen.job.variables] : [];
  const remote = kind === 'clone' ? remoteIn(variables) : undefined;
  return {
    kind,
    ...transfersIn(picture),
    ...(remote ? { remote } : {}),
    ...(remote && IGNORES_PROXY.test(image ?? '') ? { ignoresProxy: true } : {}),
    image: image === undefined || image.includes('$') ? undefined : image,
    services:
      kind === 'push' && services.length + ofRunner.length === 0
        ? [DIND]
        : services.map(({ name, alias }) => ({ name, ...(alias === undefined ? {} : { alias }) })),
    variables: Object.fromEntries(
      // What the runner gives to all jobs leads their docker CLI to its daemon just as well.
      [...(runner?.environment ?? []).filter(({ name }) => OF_DOCKER.test(name)), ...variables]
        .filter(({ name, value }) => (/_proxy$/i.test(name) || OF_DOCKER.test(name)) && !value.includes('$'))
        .map(({ name, value }) => [name, value]),
    ),
  };
}

/** Whether a file is there for the sake of docker-in-docker: NO_PROXY with its port, as the page has it, or the CLI's config.json. */
const speaksOfDind = (picture: Picture, runner: RunnerFacts | undefined): boolean =>
  picture.settings.some(({ variable, value }) => variable === 'NO_PROXY' && /\bdocker:237[56]\b/.test(value)) ||
  (picture.all('docker-cli').some(({ proxies }) => proxies.length > 0) && runner?.privileged === true);

const distinct = <T extends { readonly name: string }>(services: readonly T[]): readonly T[] => [
  ...new Map(services.map((each) => [each.name, each])).values(),
];

/** The images that a job and the runners name, but for those with a digest: no image of ours has it. */
export function imagesOf(picture: Picture, { image, services }: PlannedJob): readonly string[] {
  const ofRunners = picture.runners.flatMap(({ image: usual, services: own }) => [
    ...(usual ? [usual] : []),
    ...own.map(({ name }) => name),
  ]);
  return [
    ...(image ? [image, withoutRegression(image)] : []),
    ...ofRunners,
    ...services.map(({ name }) => name),
  ].filter((name) => name !== '' && !name.includes('$') && !name.includes('@'));
}

/** What is otherwise here than there, as sentences. */
export function jobSays({ remote, ignoresProxy, downloads = [], uploads, submodules }: PlannedJob): readonly string[] {
  return [
    ...downloads.map(({ host }) => `The job asks ${host} by curl, in place of the program that did there.`),
    ...(uploads ? ['The job uploads an artifact of its own making.'] : []),
    ...(submodules ? ['The project has a submodule on the same GitLab, which the job fetches.'] : []),
    ...(ignoresProxy
      ? [
          "The docker CLI 19.03.0 and 19.03.1 ignore the proxy's variables where they speak TLS: another stands for it, without them.",
        ]
      : []),
    ...(remote
      ? [`An engine that says who it is stands at ${remote.host}:${remote.port}, with a certificate of its own.`]
      : []),
  ];
}

/** The same image with a docker CLI that does not ignore the proxy. */
export const withoutRegression = (text: string): string => text.replace(/(docker:19\.03\.)[01](?![\d.])/g, '$12');
