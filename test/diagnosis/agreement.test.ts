import { expect, it } from 'vitest';
import { advise, type ClientId } from '../../harness/clients/index.ts';
import { type Bundle, diagnose, routesOf } from '../../harness/diagnosis/index.ts';

const PROXY = 'http://172.17.0.1:3128';
const LISTS = [
  'localhost',
  'docker',
  'docker:2375',
  'docker:2376,docker:2375',
  'gitlab.corp.test',
  '.corp.test',
  '*.corp.test',
  'corp.test',
  'GITLAB.corp.test',
  'gitlab.corp.test:443',
  'gitlab.corp.test:8443',
  'localhost docker',
  'localhost, docker, .corp.test',
  'gitlab.corp.test;docker',
  '10.0.0.0/8',
  '10.1.2.3',
  '10.*',
  '*',
  'a,*',
  '.test',
];
const HOSTS = ['https://gitlab.corp.test', 'https://10.1.2.3', 'http://corp.test:8080'];

const bundle = (list: string, gitlab: string): Bundle => {
  const environment = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']
    .map((name) => `"${name}=${PROXY}"`)
    .concat(`"NO_PROXY=${list}"`, `"no_proxy=${list}"`);
  const files = {
    'etc/gitlab-runner/config.toml': `[[runners]]\nurl = "${gitlab}"\nexecutor = "docker"\nenvironment = [${environment.join(', ')}]\n`,
    'etc/systemd/system/gitlab-runner.service.d/p.conf': `[Service]\nEnvironment="HTTP_PROXY=${PROXY}" "HTTPS_PROXY=${PROXY}" "NO_PROXY=${list}"\n`,
    '.gitlab-ci.yml':
      'build:\n  image: docker:24\n  services: [docker:24-dind]\n  variables:\n    DOCKER_HOST: tcp://docker:2375\n  script: [docker info]\n',
  };
  return { files: Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })), unread: [] };
};

const CASES = LISTS.flatMap((list) => HOSTS.map((host) => [list, host] as const));

it.each(CASES)('check and no-proxy say the same of NO_PROXY=%s and %s', (list, host) => {
  const routes = routesOf(diagnose(bundle(list, host)).picture);
  const way = (actor: RegExp) => routes.find((each) => actor.test(each.actor))?.choice?.via;
  const said = (url: string, client: ClientId) =>
    advise(list, [url], PROXY).urls[0]?.answers.find((each) => each.client === client)?.via;
  expect(way(/^gitlab-runner$/)).toBe(said(host, 'go'));
  expect(way(/^git in /)).toBe(said(host, 'git'));
  expect(way(/^docker in /)).toBe(said('tcp://docker:2375', 'docker'));
});
