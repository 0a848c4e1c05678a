import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { demoRunner } from '../../../harness/runner/gitlab-runner-rs/build.ts';
import { resolveSubject } from '../../../harness/runner/resolve/resolve.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'proxyproof-test-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** A program by a shell script. @param path below the test's directory */
async function program(path: string, body: string): Promise<string> {
  const file = join(dir, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
}

const options = () => ({
  cacheDir: join(dir, 'cache'),
  env: { PATH: `${join(dir, 'path')}:/usr/bin:/bin`, KEPT: 'yes' },
});

/** Notes its arguments and what it is told, and installs a program. */
const INSTALLS = (log: string): string => `
echo "$@" >> ${log}
echo "debug $CARGO_PROFILE_DEV_DEBUG kept $KEPT" >> ${log}
while [ $# -gt 0 ]; do case $1 in --root) root=$2;; esac; shift; done
mkdir -p "$root/bin"; printf '#!/bin/sh\\necho built\\n' > "$root/bin/demo-runner"; chmod +x "$root/bin/demo-runner"`;

describe('the demo-runner that is built', () => {
  it('is built by cargo once, with the dependencies that the crate locks', async () => {
    const log = join(dir, 'log');
    await program('path/cargo', INSTALLS(log));
    const said: string[] = [];
    const built = await demoRunner({ ...options(), say: (line) => said.push(line) });
    const again = await demoRunner({ ...options(), say: (line) => said.push(line) });
    expect(built).toEqual({ path: join(dir, 'cache/gitlab-runner-rs-0.3.2/bin/demo-runner'), version: '0.3.2' });
    expect(again).toEqual(built);
    const [call, environment, ...more] = (await readFile(log, 'utf8')).trim().split('\n');
    expect(call).toContain('install gitlab-runner@0.3.2 --example demo-runner --locked');
    expect(environment).toBe('debug 0 kept yes');
    expect(more).toEqual([]);
    expect(said).toEqual([expect.stringMatching(/^building demo-runner 0\.3\.2 with .*cargo, once/)]);
    expect(await readdir(join(dir, 'cache/gitlab-runner-rs-0.3.2'))).toEqual(['bin']);
  });

  it('is what --runner demo-runner means', async () => {
    await program('path/cargo', INSTALLS(join(dir, 'log')));
    const { identity } = await resolveSubject('demo-runner', options());
    expect(identity).toMatchObject({ kind: 'gitlab-runner-rs', version: '0.3.2' });
  });

  it('is refused without cargo', async () => {
    const refused = demoRunner({ ...options(), env: { PATH: join(dir, 'path') } });
    await expect(refused).rejects.toThrow(/there is no cargo on PATH\. Install Rust 1\.90 or later/);
  });

  it('is refused with what cargo says', async () => {
    const says = 'error: failed to download\\n\\nCaused by:\\n  the registry is closed\\n';
    await program('path/cargo', `printf 'Updating\\n${says}' >&2; exit 101`);
    await expect(demoRunner(options())).rejects.toThrow(
      /was not built: cargo says “error: failed to download Caused by: the registry is closed”\. It needs Rust/,
    );
  });

  it('is given up when cargo takes too long', async () => {
    await program('path/cargo', 'sleep 60');
    await expect(demoRunner({ ...options(), limitMs: 300 })).rejects.toThrow(
      /cargo did not end within .* it was stopped/,
    );
  });

  it('is refused where it cannot be kept', async () => {
    await program('path/cargo', 'exit 0');
    await expect(demoRunner({ ...options(), cacheDir: '/proc/nothing' })).rejects.toThrow('Set XDG_CACHE_HOME');
  });
});

describe('a demo-runner by its path', () => {
  const USAGE = "printf 'error: unexpected argument\\n\\nUsage: demo-runner <SERVER> <TOKEN>\\n' >&2; exit 2";
  const resolved = async (path: string) => (await resolveSubject(path, options())).identity;

  it('has the version that cargo install noted', async () => {
    const path = await program('root/bin/demo-runner', USAGE);
    const note = '"other 9.9.9 (x)" = ["demo-runner2"]\n"gitlab-runner 0.3.1 (registry+https://x)" = ["demo-runner"]\n';
    await writeFile(join(dir, 'root/.crates.toml'), `[v1]\n${note}`);
    expect(await resolved(path)).toEqual({ kind: 'gitlab-runner-rs', version: '0.3.1', path });
  });

  it('has the version of the sources that cargo built it from', async () => {
    const path = await program('co/target/debug/examples/demo-runner', USAGE);
    await writeFile(`${path}.d`, `${path}: ${dir}/co/build.rs ${dir}/co/examples/demo-runner.rs\n`);
    await writeFile(join(dir, 'co/Cargo.toml'), '[package]\nname = "gitlab-runner"\nversion = "0.4.0-dev"\n\n[lib]\n');
    expect(await resolved(path)).toMatchObject({ version: '0.4.0-dev' });
  });

  it('is refused when nothing says its version', async () => {
    const path = await program('demo-runner', USAGE);
    await expect(resolved(path)).rejects.toThrow('its version cannot be told');
  });
});
