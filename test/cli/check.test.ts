import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dropIn } from '../../harness/recipes/index.ts';
import { scratch, tool } from './_tool.ts';

/** What the verb says of files by these names. */
async function checked(files: Readonly<Record<string, string>>) {
  await using place = await scratch();
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(place.dir, name), text);
    await chmod(join(place.dir, name), 0o600);
  }
  return await tool(place.dir, 'check', ...Object.keys(files));
}

const PROXY = 'http://172.17.0.1:3128/';
const RIGHT = dropIn({ HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY });

describe('check', () => {
  it('has nothing to say against what is right', async () => {
    expect(await checked({ 'http-proxy.conf': RIGHT })).toEqual({
      code: 0,
      out: 'http-proxy.conf: no problem found in this drop-in of systemd\n',
      err: '',
    });
  });

  it('names file, line, what comes of it, and what to write', async () => {
    const { code, out } = await checked({ 'http-proxy.conf': RIGHT.replace('[Service]', '[service]') });
    expect(code).toBe(1);
    expect(out).toMatch(
      /^http-proxy\.conf:2: error: This stands in \[service\], where .*\n {4}The section is \[Service\]/m,
    );
  });

  it.each([
    ['config.toml', 'concurrent = 1\n', /There is no \[\[runners\]\]/],
    ['config.json', '{', /no valid config\.json/],
    ['cntlm.conf', 'Username testuser\n', /cntlm\.conf.*: error: /],
    ['http-proxy.conf', '[Service]\n', /gives the service no proxy/],
    ['docker.service', '[Service]\nEnvironment=A\n', /no NAME=value/],
  ])('knows %s by its name or content', async (name, text, expected) => {
    const { code, out } = await checked({ [name]: text });
    expect(code).toBe(1);
    expect(out).toMatch(expected);
  });

  it('a warning alone is no failure', async () => {
    const warned = await checked({ 'http-proxy.conf': '[Service]\nEnvironment="HTTP_PROXY=http://p:1"\n' });
    expect(warned.out).toMatch(/warning: There is no HTTPS_PROXY/);
    expect(warned.code).toBe(0);
  });

  it.each([
    ['no file', {}, ['missing.toml'], /missing\.toml cannot be read: there is no such file/],
    ['another file', { 'notes.txt': 'hello\n' }, ['notes.txt'], /does not know what kind of file/],
  ])('%s is wrong usage', async (_, files, args, expected) => {
    await using place = await scratch();
    for (const [name, text] of Object.entries(files)) await writeFile(join(place.dir, name), text);
    const { code, err } = await tool(place.dir, 'check', ...args);
    expect(code).toBe(2);
    expect(err).toMatch(expected);
  });
});
