import { describe, expect, it } from 'vitest';
import { diagnose } from '../../harness/diagnosis/index.ts';
import { edited } from '../../harness/diagnosis/remedy/edited.ts';
import type { Candidate } from '../../harness/reproduce/index.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { servicesOf } from '../../harness/reproduce/prove/apply.ts';
import { fileCandidates } from '../../harness/reproduce/prove/by-file.ts';
import { candidatesFor } from '../../harness/reproduce/prove/candidates.ts';
import { bundle, CONFIG, DROP_IN } from './_bundle.ts';

function candidates(files: Readonly<Record<string, string>>): readonly Candidate[] {
  const diagnosis = diagnose(bundle(files));
  return candidatesFor(diagnosis, planOf(diagnosis.picture));
}

describe('what may mend a machine', () => {
  it('is what the catalogue says of its files', () => {
    const [first] = candidates({ [DROP_IN]: '[service]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:3128"\n' });
    expect(first).toMatchObject({ cause: 'systemd/wrong-section', file: DROP_IN, line: 1 });
    expect(first?.edits).toEqual([{ file: DROP_IN, line: 1, to: '[Service]' }]);
  });

  it("is the proxy's port, where no URL has one and the world does", () => {
    const found = candidates({ 'etc/gitlab-runner/config.toml': CONFIG.replaceAll(':8080', '') });
    const port = found.find(({ cause }) => cause === 'value/port-missing');
    expect(port?.edits[0]?.to).toContain('"HTTP_PROXY=http://proxy.corp.example:3128"');
  });

  it('is a password that is percent-encoded, in a unit with its percent signs doubled', () => {
    const config = CONFIG.replaceAll('http://proxy', 'http://svc:Herbst#2026@proxy');
    const encoded = candidates({ 'etc/gitlab-runner/config.toml': config }).find(
      ({ cause }) => cause === 'value/password-not-encoded',
    );
    expect(encoded?.edits[0]?.to).toContain('HTTP_PROXY=http://svc:Herbst%232026@proxy.corp.example:8080');
    const ofUnit = candidates({
      [DROP_IN]: '[Service]\nEnvironment="HTTP_PROXY=http://svc:Herbst#2026@proxy.corp.example:8080"\n',
    });
    expect(ofUnit.find(({ cause }) => cause === 'value/password-not-encoded')?.edits[0]?.to).toContain(
      'Herbst%%232026@',
    );
  });

  it('is NO_PROXY for a host to which the proxy does not lead', () => {
    const drop = 'etc/systemd/system/gitlab-runner.service.d/http-proxy.conf';
    const found = candidates({
      [drop]: '[Service]\nEnvironment="HTTPS_PROXY=http://proxy.corp.example:3128"\n',
      'runner.log':
        'WARNING: Checking for jobs... failed                 runner=w9kP3xZqL status=couldn\'t execute POST against https://gitlab.corp.example/api/v4/jobs/request: Post "https://gitlab.corp.example/api/v4/jobs/request": Service Unavailable\n',
    });
    expect(found.find(({ cause }) => cause === 'no-proxy/gitlab-missing')?.edits[0]?.to).toBe(
      'Environment="HTTPS_PROXY=http://proxy.corp.example:3128"\nEnvironment="NO_PROXY=gitlab.corp.example"',
    );
  });

  it('is an account, where the proxy asks for one and no URL has it', () => {
    const drop = 'etc/systemd/system/gitlab-runner.service.d/http-proxy.conf';
    const found = candidates({
      [drop]: '[Service]\nEnvironment="HTTPS_PROXY=http://proxy.corp.example:3128"\n',
      'runner.log':
        'WARNING: Checking for jobs... failed runner=w9kP3xZqL status=couldn\'t execute POST against https://gitlab.com/api/v4/jobs/request: Post "https://gitlab.com/api/v4/jobs/request": Proxy Authentication Required\n',
    });
    expect(found.find(({ cause }) => cause === 'auth/credentials-missing')?.edits[0]?.to).toMatch(
      /^Environment="HTTPS_PROXY=http:\/\/svc-ci:[^@]+@proxy\.corp\.example:3128"$/,
    );
  });

  it('is the CA of a proxy that opens TLS, where the service that rejects it looks for it', () => {
    const found = candidates({
      'runner.log':
        'WARNING: Checking for jobs... failed runner=w9kP3xZqL status=couldn\'t execute POST against https://gitlab.corp.example/api/v4/jobs/request: Post "https://gitlab.corp.example/api/v4/jobs/request": tls: failed to verify certificate: x509: certificate signed by unknown authority\n',
    });
    const ca = found.find(({ cause }) => cause === 'tls/interceptor-ca-not-in-runner');
    expect([...(ca?.adds.keys() ?? [])]).toEqual(['/etc/gitlab-runner/certs/gitlab.corp.example.crt']);
  });

  it('are the commands that were left out, before all that changes files', () => {
    const [first] = candidates({
      [DROP_IN]: '[Service]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:3128"\n',
      'show.txt': 'Id=docker.service\nNeedDaemonReload=yes\nEnvironment=\n',
    });
    expect(first?.commands).toEqual([
      ['systemctl', 'daemon-reload'],
      ['systemctl', 'restart', 'docker'],
    ]);
  });

  it('is what the page has and the machine has not', () => {
    const found = candidates({ 'etc/gitlab-runner/config.toml': CONFIG.replace(/ {2}environment.*\n/, '') });
    expect(found.map(({ cause }) => cause)).toEqual(expect.arrayContaining(['page/no-environment', 'page/no-hook']));
  });
});

describe('services that take a change up', () => {
  it.each([
    ['/etc/systemd/system/docker.service.d/http-proxy.conf', ['docker']],
    ['/etc/docker/daemon.json', ['docker']],
    ['/etc/cntlm.conf', ['cntlm']],
    ['/etc/gitlab-runner/config.toml', ['gitlab-runner']],
    ['/etc/platform/env', ['docker', 'gitlab-runner']],
    ['/root/.docker/config.json', []],
  ])('of %s', (path, services) => expect(servicesOf([path])).toEqual(services));
});

describe('where no known cause mends a case', () => {
  it('each file in turn is as the page has it, or left out', () => {
    const { picture } = diagnose(
      bundle({
        'etc/systemd/system/docker.service.d/override.conf':
          '[Service]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:3128"\n',
        'etc/gitlab-runner/config.toml': CONFIG,
        'etc/docker/daemon.json': '{}\n',
      }),
    );
    const found = fileCandidates(picture, planOf(picture)).map(({ adds, removes }) => [[...adds.keys()], removes]);
    expect(found).toEqual([
      [[`/${DROP_IN}`], ['/etc/systemd/system/docker.service.d/override.conf']],
      [['/etc/gitlab-runner/config.toml'], []],
      [[], ['/etc/docker/daemon.json']],
    ]);
  });
});

describe('keys of the CLI in a daemon.json', () => {
  const DAEMON = 'etc/docker/daemon.json';
  const remedy = (content: string): Candidate | undefined =>
    candidates({ [DAEMON]: content }).find(({ cause }) => cause === 'daemon-json/cli-keys');

  it('are taken out, line by line, and what is left is JSON', () => {
    const content = '{\n  "debug": true,\n  "httpProxy": "http://p.example:1",\n  "noProxy": "a"\n}\n';
    const [file] = edited(bundle({ [DAEMON]: content }), remedy(content)?.edits ?? [])?.files ?? [];
    expect(JSON.parse(Buffer.from(file?.bytes ?? []).toString())).toEqual({ debug: true });
  });

  it('stay where they do not stand in lines of their own', () => {
    expect(remedy('{ "httpProxy": "http://p.example:1" }')).toBeUndefined();
  });
});

describe('the CA of a proxy that opens TLS', () => {
  const trace = (host: string): string =>
    `Running with gitlab-runner 17.11.4 (cc77edaf)\nERROR: Job failed: failed to pull image "x" with specified policies [always]: Error response from daemon: Get "https://${host}/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority (manager.go:253:0s)\n`;

  it('goes where dockerd looks for it: certs.d, but the store for Docker Hub, for which it reads no certs.d', () => {
    const places = (files: Readonly<Record<string, string>>) =>
      candidates(files).flatMap(({ cause, adds }) =>
        cause === 'tls/interceptor-ca-not-in-daemon' ? [...adds.keys()] : [],
      );
    expect(places({ 'job.log': trace('registry-1.docker.io') })).toEqual([
      '/usr/local/share/ca-certificates/proxy.crt',
    ]);
    expect(servicesOf(['/usr/local/share/ca-certificates/proxy.crt'])).toEqual(['docker']);
  });
});
