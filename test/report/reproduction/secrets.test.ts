import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reproductionAsJson } from '../../../harness/report/reproduction/as-json.ts';
import { reproductionAsText } from '../../../harness/report/reproduction/as-text.ts';
import { writeReproduction } from '../../../harness/report/reproduction/write.ts';
import type { Reproduction } from '../../../harness/reproduce/index.ts';
import { planOf } from '../../../harness/reproduce/plan/read.ts';
import { percentEncode } from '../../../harness/url/index.ts';
import { bundle, CONFIG, DROP_IN } from '../../reproduce/_bundle.ts';
import { mended } from '../../reproduce/_result.ts';
import { readable } from '../packs.ts';
import { temporaryDirectory } from '../temporary.ts';

/** Every secret that is planted, by where it stands. */
const PLANTED = {
  unit: 'Wint%r#2026-Unit',
  config: 'Frühling&2026',
  token: 'glrt-t3_AbCdEfGhIjKlMnOpQrSt',
  cntlm: 'Sommer 2026 mit Blank',
  hash: 'A1B2C3D4E5F60718293A4B5C6D7E8F90',
  docker: 'R3g1stry!Pass',
  ci: 'Herbst2026inCi',
  deploy: 'gldt-ZyXwVuTsRqPoNmLkJiHg',
  s3: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
  log: 'Winter2026InTheLog',
  set: 'Gesetzt!2026-mit#Zeichen',
} as const;
const unitUrl = `http://svc:${percentEncode(PLANTED.unit).replaceAll('%', '%%')}@proxy.corp.example:8080`;
const configUrl = `http://svc:${percentEncode(PLANTED.config)}@proxy.corp.example:8080`;
const DIRECT =
  'Error response from daemon: Get "https://registry-1.docker.io/v2/": dial tcp 198.51.100.24:443: i/o timeout';

const FILES = {
  [DROP_IN]: `[Servce]\nEnvironment="HTTP_PROXY=${unitUrl}" "HTTPS_PROXY=${unitUrl}"\n`,
  'etc/gitlab-runner/config.toml': CONFIG.replace('glrt-secret', PLANTED.token)
    .replaceAll('http://proxy.corp.example:8080', configUrl)
    .concat(`    [runners.cache.s3]\n      SecretKey = "${PLANTED.s3}"\n`),
  'etc/cntlm.conf': `Username svc\nDomain CORP\nPassword ${PLANTED.cntlm}\nPassNTLMv2 ${PLANTED.hash}\nProxy 10.0.0.41:8080\nListen 3128\n`,
  'root/.docker/config.json': JSON.stringify({
    auths: { 'registry.corp.example': { auth: Buffer.from(`ci:${PLANTED.docker}`).toString('base64') } },
    proxies: { default: { httpProxy: configUrl } },
  }),
  '.gitlab-ci.yml': `build:\n  variables:\n    HTTPS_PROXY: "http://ci:${PLANTED.ci}@proxy.corp.example:8080"\n    DEPLOY_TOKEN: ${PLANTED.deploy}\n  script:\n    - docker login -u ci -p '${PLANTED.docker}' registry.corp.example\n`,
  'job.log': `Running with gitlab-runner 17.11.4 (cc77edaf)\n$ curl -x http://svc:${PLANTED.log}@proxy.corp.example:8080 https://gitlab.corp.example\nPRIVATE-TOKEN: ${PLANTED.deploy}\nERROR: Job failed: failed to pull image "alpine" with specified policies [always]: ${DIRECT} (manager.go:253:30s)\n`,
};

/** As a client, a log, a header or a file may spell a secret. */
function spellings(secret: string): readonly string[] {
  const encoded = percentEncode(secret);
  return [
    secret,
    encoded,
    encoded.replaceAll('%', '%%'),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(`svc:${secret}`).toString('base64'),
    Buffer.from(`ci:${secret}`).toString('base64'),
  ];
}

/** What a program, or the record, may repeat of all of it. */
const SAYS = Object.values(PLANTED)
  .flatMap((secret) => [
    `proxy http://svc:${percentEncode(secret)}@proxy.corp.example:8080 failed`,
    `got ${secret} there`,
  ])
  .join(' and ');

const of = bundle(FILES);

function cases(): readonly (readonly [string, Reproduction])[] {
  const proved = mended(of, SAYS);
  const set = { 'proxy.url': `http://svc:${percentEncode(PLANTED.set)}@10.0.0.9:3128` };
  const result = { ...proved, plan: planOf(proved.diagnosis.picture, { set }) };
  const { failed } = result.trial;
  if (!failed) throw new Error('The case works.');
  const trial = { ...result.trial, failed: { ...failed, failure: { ...failed.failure, who: 'runner' } } } as const;
  const subject = { kind: 'gitlab-runner', version: '17.11.4', path: '/usr/bin/gitlab-runner' };
  const { proof: _, ...untried } = result;
  return [
    ['with a remedy that is proved', result],
    ['with a bug of the runner', { ...result, trial, subject, proof: { ...proved.proof, proved: [], after: trial } }],
    ['without a trial of remedies', untried],
  ];
}

describe('secrets of a customer', () => {
  it.each(cases())('stand in nothing that is said or written of a case %s', async (_, result) => {
    const dir = await temporaryDirectory();
    await writeReproduction(dir, of, result, '0.1.0');
    const written = readdirSync(dir).map(
      (name) => [name, readable(name, readFileSync(join(dir, name), 'utf8'))] as const,
    );
    const said = [40, 100].map(
      (width) =>
        [
          `text of ${width} columns`,
          // A secret may be broken over lines.
          reproductionAsText(result, { width, colour: false }).replace(/\s+/g, ' '),
        ] as const,
    );
    const all = [...written, ...said, ['JSON', JSON.stringify(reproductionAsJson(result))] as const];
    const found = all.flatMap(([name, text]) =>
      Object.entries(PLANTED).flatMap(([where, secret]) =>
        spellings(secret).flatMap((each) => (text.includes(each) ? [`${name}: of ${where} ${each}`] : [])),
      ),
    );
    expect(found).toEqual([]);
    expect(written.map(([name]) => name)).toContain('case.yaml');
    if (result.subject.kind === 'gitlab-runner') expect(written.map(([name]) => name)).toContain('bug.md');
  });
});
