import type { Diagnosis } from '../../../diagnosis/index.ts';
import type { SetUp } from './set-up.ts';

/** What a customer's files say of their set-up. What they do not say is not known, and leaves nothing out. */
export function setUpOf({ picture, findings }: Diagnosis): SetUp {
  const setUp = new Map<string, Set<string>>();
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) setUp.set(name, (setUp.get(name) ?? new Set()).add(value));
  };
  const executors = picture.runners.map(({ executor }) => EXECUTORS[executor]);
  // One that is neither of ours is like none of our cases, and what is known of the others is not enough.
  if (executors.every((each) => each !== undefined)) for (const each of executors) add('executor', each);
  for (const { url } of picture.runners) add('scheme', /^(https?):/i.exec(url ?? '')?.[1]?.toLowerCase());

  const isLocal = picture.proxies.some(({ host }) => LOCAL.test(host));
  const hasCntlm = picture.all('cntlm').length > 0 || isLocal;
  if (hasCntlm) add('cntlm', 'yes');
  else if (picture.proxies.length > 0) add('cntlm', 'no');
  if (!hasCntlm && picture.proxies.some(({ hasCredentials }) => hasCredentials)) add('auth', 'basic');
  if (picture.all('squid-log').length + picture.all('squid-conf').length > 0) add('proxy', 'squid');

  if (
    picture.runners.some(({ tlsCaFile }) => tlsCaFile !== undefined) ||
    findings.some(({ cause }) => OPENED.test(cause))
  )
    add('interception', 'yes');
  const ci = picture.all('ci');
  const services = [
    ...picture.runners.flatMap((each) => each.services),
    ...ci.flatMap((each) => [...each.services, ...each.jobs.flatMap((job) => job.services)]),
  ];
  if (services.some(({ name }) => /dind/.test(name))) add('dind', 'yes');
  else if (ci.length > 0) add('dind', 'no');
  if (picture.lines.some(({ text }) => LIMITED.test(text))) add('rate-limit', 'yes');
  return setUp;
}

/** Executors as our cases have them. */
const EXECUTORS: Readonly<Record<string, string>> = {
  ...{ docker: 'docker', 'docker-windows': 'docker', 'docker+machine': 'docker', 'docker-autoscaler': 'docker' },
  ...{ shell: 'shell', ssh: 'shell' },
};

/** Where a cntlm of the host answers. */
const LOCAL = /^(?:127\.|localhost$|\[?::1|172\.17\.0\.1$)/;

/** Causes that only a proxy has which opens TLS. */
const OPENED = /^tls\/(?:interception-seen|interceptor-)/;

const LIMITED = /\b429\b|too many requests|rate limit/i;
