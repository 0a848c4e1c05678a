import { describe, expect, it } from 'vitest';
import { withAccount } from '../../harness/reproduce/machine/cntlm-file.ts';
import { withStandIns } from '../../harness/reproduce/machine/config-file.ts';
import { withMachineSettings } from '../../harness/reproduce/machine/daemon-file.ts';
import { machineFiles } from '../../harness/reproduce/machine/files.ts';
import { staleIn } from '../../harness/reproduce/machine/stale.ts';
import { networkIn } from '../../harness/reproduce/plan/network.ts';
import { planOf } from '../../harness/reproduce/plan/read.ts';
import { symptomsIn } from '../../harness/reproduce/plan/symptom.ts';
import { CONFIG, DROP_IN, pictureOf } from './_bundle.ts';

const CHANGES = {
  token: 'ours',
  helperImage: 'registry.gitlab.com/proxyproof/helper:latest',
  volumes: ['/a:/a:ro'],
  waitForServicesSeconds: 10,
};
const NEEDS = { config: CHANGES, daemon: { 'default-runtime': 'ours' } };

describe('files on the machine', () => {
  it('config.toml gets what the stand-ins need, and stays as it is else', () => {
    const changed = withStandIns(CONFIG, CHANGES);
    expect(changed).not.toContain('glrt-secret');
    expect(changed).toContain('token = "ours"');
    expect(changed).toContain('volumes = ["/a:/a:ro", "/cache"]');
    expect(changed).toContain('helper_image = "registry.gitlab.com/proxyproof/helper:latest"');
    expect(changed.split('\n').filter((line) => CONFIG.split('\n').includes(line))).toHaveLength(
      CONFIG.split('\n').length - 2,
    );
  });

  it('a config.toml without volumes gets some, and one that is no TOML stays wrong', () => {
    expect(withStandIns('[runners.docker]\n', CHANGES)).toContain('volumes = ["/a:/a:ro"]');
    expect(withStandIns('environment = ["A=1" "B=2"]\n', CHANGES)).toBe('environment = ["A=1" "B=2"]\n');
  });

  it('daemon.json keeps what it says, and stays as it is where it is no JSON', () => {
    expect(JSON.parse(withMachineSettings('{"proxies":{"http-proxy":"http://p:1"}}', NEEDS.daemon))).toEqual({
      proxies: { 'http-proxy': 'http://p:1' },
      'default-runtime': 'ours',
    });
    expect(withMachineSettings('{"proxies":', NEEDS.daemon)).toBe('{"proxies":');
  });

  it('hashes of cntlm.conf become those of the account, a password stays', () => {
    const auth = { scheme: 'ntlm', user: 'svc', password: 'Made-up', domain: 'CORP' } as const;
    const changed = withAccount(
      'Username svc\nDomain CORP\nPassNTLMv2  A1B2C3D4E5F60718293A4B5C6D7E8F90 # old\nPassLM 1\n',
      auth,
    );
    expect(changed).toMatch(/^PassNTLMv2 {2}[0-9A-F]{32} # old$/m);
    expect(changed).not.toContain('A1B2C3D4');
    expect(changed).toContain('# PassLM 1');
    expect(withAccount('Password a#b\n', auth)).toBe('Password a#b\n');
  });

  it('lie where they lay, beside those of the page', () => {
    const picture = pictureOf({ [DROP_IN]: '[Servce]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:3128"\n' });
    const files = machineFiles(picture, planOf(picture), NEEDS);
    expect(files.get(`/${DROP_IN}`)).toContain('[Servce]');
    expect([...files.keys()]).toContain('/etc/systemd/system/gitlab-runner.service.d/http-proxy.conf');
    expect(files.get('/etc/gitlab-runner/config.toml')).toContain('token = "ours"');
  });

  it('what systemctl show printed stands for a drop-in that was not handed over', () => {
    const picture = pictureOf({
      'show.txt': 'Id=docker.service\nEnvironment="HTTP_PROXY=http://proxy.corp.example:3128" NO_PROXY=a%b\n',
    });
    const files = machineFiles(picture, planOf(picture), NEEDS);
    expect(files.get(`/${DROP_IN}`)).toContain('Environment="HTTP_PROXY=http://proxy.corp.example:3128"');
  });
});

describe('the network of a customer', () => {
  it('a host of NO_PROXY is reached directly; one that timed out is not', () => {
    const open = networkIn(pictureOf({ [DROP_IN]: '[Service]\nEnvironment="NO_PROXY=.corp.example"\n' }));
    expect(open.isOpen('gitlab.corp.example')).toBe(true);
    expect(open.isOpen('registry-1.docker.io')).toBe(false);
  });

  it('an internal host for which the proxy answered itself is reached directly, and not by the proxy', () => {
    const { isOpen, denied } = networkIn(
      pictureOf({
        [DROP_IN]: '[Service]\nEnvironment="HTTPS_PROXY=http://proxy.corp.example:3128"\n',
        'job.log':
          "Running with gitlab-runner 17.11.4 (cc77edaf)\nGetting source from Git repository\nfatal: unable to access 'https://gitlab.corp.example/group/app.git/': CONNECT tunnel failed, response 403\nERROR: Job failed: exit code 1\n",
      }),
    );
    expect(denied).toEqual([{ host: 'gitlab.corp.example', status: 403 }]);
    expect(isOpen('gitlab.corp.example')).toBe(true);
  });
});

const RUNNER = 'etc/systemd/system/gitlab-runner.service.d/http-proxy.conf';
const FORBIDDEN = 'ERROR: Checking for jobs... forbidden               runner=w9kP3xZqL status=403 Forbidden\n';

describe('a poll by http that is forbidden', () => {
  const files = { 'etc/gitlab-runner/config.toml': CONFIG.replace('https:', 'http:'), 'runner.log': FORBIDDEN };

  it('is by the proxy, where the runner has one', () => {
    const network = networkIn(
      pictureOf({ ...files, [RUNNER]: '[Service]\nEnvironment=HTTP_PROXY=http://proxy.corp.example:3128\n' }),
    );
    expect(network.denied).toEqual([{ host: 'gitlab.corp.example', status: 403 }]);
  });

  it('says nothing of the proxy where a unit takes it away again', () => {
    const given = '[Service]\nEnvironment=HTTP_PROXY=http://proxy.corp.example:3128\n';
    const later = { [RUNNER.replace('http-proxy', 'zz-later')]: '[Service]\nUnsetEnvironment=HTTP_PROXY\n' };
    expect(networkIn(pictureOf({ ...files, [RUNNER]: given, ...later })).denied).toEqual([]);
  });

  it('says nothing of the proxy where it has none, nor when the runner was started again since', () => {
    expect(networkIn(pictureOf(files)).denied).toEqual([]);
    const started = `${FORBIDDEN}Starting multi-runner from /etc/gitlab-runner/config.toml...  builds=0 max_builds=0\n`;
    expect(symptomsIn(pictureOf({ ...files, 'runner.log': started }))).toEqual([]);
  });
});

describe('services that run with old files', () => {
  it('are those that systemctl shows without what their files set', () => {
    const stale = staleIn(
      pictureOf({
        [DROP_IN]: '[Service]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:3128"\n',
        'show.txt': 'Id=docker.service\nNeedDaemonReload=yes\nEnvironment=\n',
      }),
    );
    expect(stale.map(({ unit }) => unit)).toEqual(['docker']);
    expect(stale[0]?.writes(`/${DROP_IN}`)).toBe(true);
    expect(stale[0]?.then).toEqual([]);
  });
});
