import { describe, expect, it } from 'vitest';
import { diagnose } from '../../harness/diagnosis/index.ts';
import { maskOf } from '../../harness/report/diagnosis/mask.ts';

const bundle = (files: Readonly<Record<string, string>>) => ({
  files: Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  unread: [],
});
const maskFor = (files: Readonly<Record<string, string>>) => maskOf(diagnose(bundle(files)));

const toml = (s3: string) =>
  `[[runners]]\n  name = "a"\n  url = "https://gitlab.plant.example"\n  executor = "docker"\n  [runners.cache]\n    Type = "s3"\n    [runners.cache.s3]\n      ${s3}\n`;
const PLACE = 'etc/gitlab-runner/config.toml:3, gitlab-runner, gitlab.plant.example';

describe('names that are public', () => {
  it.each([
    ['the id of an access key', { 'etc/gitlab-runner/config.toml': toml('AccessKey = "gitlab-runner"') }],
    ['a secret key that is a program’s name', { 'etc/gitlab-runner/config.toml': toml('SecretKey = "gitlab-runner"') }],
    [
      'a secret key that is GitLab’s host',
      { 'etc/gitlab-runner/config.toml': toml('SecretKey = "gitlab.plant.example"') },
    ],
    [
      'a unit that journalctl is asked for',
      { 'journal.txt': '$ journalctl -u docker -u gitlab-runner --since today\n' },
    ],
    ['an account that sudo is told', { 'session.txt': '$ sudo -u gitlab-runner -H git fetch\n' }],
    ['a directory that is made', { 'session.txt': '$ mkdir -p etc/gitlab-runner/config.toml\n' }],
    ['a token that is a file’s name', { 'etc/gitlab-runner/config.toml': 'token = "config.toml"\n[[runners]]\n' }],
  ])('%s is shown', (_, files) => {
    expect(maskFor(files)(PLACE)).toBe(PLACE);
  });

  it.each([
    ['units of journalctl', '$ journalctl -u plantworks.service -n 50', 'plantworks.service: failed'],
    ['an account', '$ sudo -u plantbuild git fetch', 'owned by plantbuild'],
    ['a directory', '$ mkdir -p /srv/plantcache', 'cannot open /srv/plantcache/x'],
    ['a branch’s remote', '$ git push -u plantorigin main', 'no such remote plantorigin'],
  ])('%s that an option names are shown', (_, line, text) => {
    expect(maskFor({ 'session.txt': `${line}\n` })(text)).toBe(text);
  });

  it.each([
    ['a made access key', toml('AccessKey = "AKIAIOSFODNN7PLANT99"'), 'AKIAIOSFODNN7PLANT99'],
    ['a secret access key', toml('SecretAccessKey = "plantsecret"'), 'plantsecret'],
    ['a secret key', toml('SecretKey = "plantsecret"'), 'plantsecret'],
  ])('%s is not', (_, text, secret) => {
    expect(maskFor({ 'config.toml': text })(`denied for ${secret} (x)`)).toBe('denied for … (x)');
  });

  it.each([
    ['curl', '$ curl -u svc:plantsecret https://x.example', 'said plantsecret'],
    ['docker login', '$ sudo docker login -u svc -p plantsecret r.example', 'said plantsecret'],
    ['docker login after another command', '$ mkdir -p x && docker login -p plantsecret r.example', 'said plantsecret'],
  ])('the password of %s is not', (_, line, text) => {
    expect(maskFor({ 'session.txt': `${line}\n` })(text)).toBe('said …');
  });

  it('one that is a public name is hidden where it stands as a secret', () => {
    const mask = maskFor({ 'etc/gitlab-runner/config.toml': toml('SecretKey = "gitlab-runner"') });
    expect(mask('      SecretKey = "gitlab-runner"')).toBe('      SecretKey = …');
    expect(mask('$ docker login -u svc -p gitlab-runner r.example')).toBe('$ docker login -u svc -p … r.example');
    expect(mask('$ curl -u svc:gitlab-runner https://x.example')).toBe('$ curl -u svc:… https://x.example');
    expect(mask('http://svc:gitlab-runner@proxy.example:3128')).toBe('http://…@proxy.example:3128');
  });
});
