import { expect, it } from 'vitest';
import { type Bundle, bundleOf, diagnose, obfuscate, packBundle } from '../../harness/diagnosis/index.ts';

const TOML = `[[runners]]
  url = "https://gitlab.corp-bank.example/"
  executor = "docker"
  environment = ["HTTPS_PROXY=http://proxy.corp-bank.example", "HTTP_PROXY=http://10.20.30.40:3128", "NO_PROXY=.corp-bank.example,10.20.30.0/24,172.17.0.1,127.0.0.1,registry-1.docker.io"]
`;
const bundle: Bundle = { files: [{ name: 'etc/gitlab-runner/config.toml', bytes: Buffer.from(TOML) }], unread: [] };

it('puts other names and addresses in place, the same everywhere, and check says the same of it', async () => {
  const { bundle: other, map } = obfuscate(bundle);
  const text = String(other.files[0]?.bytes);
  expect(text).not.toMatch(/corp-bank|10\.20\.30/);
  const gitlab = map.get('gitlab.corp-bank.example') ?? '';
  expect(text).toContain(`https://${gitlab}/`);
  // What was below a domain is below it again, and an address stays in its network.
  expect(text).toContain(`NO_PROXY=.${gitlab.split('.').slice(1).join('.')},`);
  const address = map.get('10.20.30.40') ?? '';
  expect(text).toContain(`${address.replace(/\.40$/, '.0')}/24`);
  for (const kept of ['172.17.0.1', '127.0.0.1', 'registry-1.docker.io', ':3128']) expect(text).toContain(kept);
  const causes = (of: Bundle) => diagnose(of).findings.map(({ cause, line }) => `${cause} ${line}`);
  expect(causes(other)).toEqual(causes(bundle));
  expect((await bundleOf('o.tar.gz', await packBundle(other))).files.map(({ name }) => name)).toEqual([
    'etc/gitlab-runner/config.toml',
  ]);
});
