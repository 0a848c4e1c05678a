import { joinHostPort, splitUrl } from '../../url/index.ts';
import { mirrorsOf } from '../causes/registry/_mirrors.ts';
import type { Addressee, Who } from '../failures/failure.ts';
import { failuresOf } from '../failures/failures.ts';
import type { Picture } from '../picture/picture.ts';

/** What the programs of these files ask for, as URLs. */
export interface Asked {
  readonly gitlab: readonly string[];
  readonly registries: readonly string[];
  /** Those that logs show a dind service to have failed at. */
  readonly ofDind: readonly string[];
  readonly cache: readonly string[];
  /** What programs of jobs ask for. */
  readonly others: readonly string[];
}

const DOCKER_HUB = 'registry-1.docker.io';

/** The hosts that files name anywhere: GitLab, registries and mirrors, object storage, submodules, and what logs show to have failed. */
export function ownHosts(picture: Picture): Asked {
  const urls = picture.runners.flatMap(({ url }) => (url === undefined ? [] : [originOf(url)]));
  const gitlab = urls.length > 0 ? urls : picture.gitlabHosts.map((host) => `https://${host}`);
  const submodules = picture
    .all('tool')
    .filter(({ tool }) => tool === 'gitmodules')
    .flatMap(({ entries }) => entries.filter(({ key }) => key === 'url').map(({ value }) => originOf(value)));
  const images = imagesOf(picture).map((image) => `https://${imageRegistry(image) ?? DOCKER_HUB}`);
  const mirrors = mirrorsOf(picture).map(({ url }) => originOf(url));
  const failed = failuresOf(picture).flatMap(({ who, target }) => (target ? [{ who, url: urlOf(target) }] : []));
  const failedOf = (of: Who): readonly string[] => failed.filter(({ who }) => who === of).map(({ url }) => url);
  const cache = picture.runners.flatMap(({ cache: of }) => {
    if (of?.type !== 's3') return [];
    return [`${of.scheme}://${(of.serverAddress ?? 's3.amazonaws.com').replace(/^https?:\/\//, '')}`];
  });
  const registries = [...images, ...mirrors, ...failedOf('daemon')];
  const ofDind = failedOf('dind');
  const known = new Set([...gitlab, ...registries, ...ofDind, ...cache]);
  return {
    gitlab: distinct([...gitlab, ...submodules].filter((url) => /^https?:/.test(url))),
    // A daemon whose images no file names pulls from Docker Hub, if from anywhere.
    registries: distinct(registries.length > 0 ? registries : [`https://${DOCKER_HUB}`]),
    ofDind: distinct(ofDind),
    cache: distinct(cache),
    others: distinct(failed.filter(({ who, url }) => who === 'tool' && !known.has(url)).map(({ url }) => url)),
  };
}

/** The registry that an image's name begins with; undefined for one of Docker Hub (distribution/reference, `splitDockerDomain`). */
export function imageRegistry(image: string): string | undefined {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && /^[\w.-]+(?::\d+)?$/.test(first) && (/[.:]/.test(first) || first === 'localhost')
    ? first.toLowerCase()
    : undefined;
}

function imagesOf(picture: Picture): readonly string[] {
  const inCi = picture
    .all('ci')
    .flatMap(({ jobs }) => jobs.flatMap(({ image, services }) => [...(image ? [image] : []), ...services]));
  const services = picture.runners.flatMap((runner) => runner.services);
  const inToml = picture
    .all('config-toml')
    .flatMap(({ piece }) => [...piece.text.matchAll(/^\s*(?:image|helper_image)\s*=\s*["']([^"']+)["']/gm)])
    .map(([, image = '']) => image);
  return [...inCi.map(({ name }) => name), ...services.map(({ name }) => name), ...inToml].filter(
    (name) => name !== '' && !name.includes('$'),
  );
}

function originOf(url: string): string {
  const { scheme = '', host, port } = splitUrl(url);
  return `${scheme}://${joinHostPort(host, port)}`;
}

const urlOf = ({ scheme, host, port }: Addressee): string => `${scheme}://${joinHostPort(host, port)}`;

/** The same origin with its port and without it is one. */
const distinct = (urls: readonly string[]): readonly string[] => [
  ...new Set(urls.map((url) => url.replace(/^(https:\/\/.*):443$|^(http:\/\/.*):80$/, '$1$2'))),
];
