import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blueprint } from './blueprint.ts';
import { lfsPointer } from './content.ts';
import { writeFastImport } from './fast-import.ts';
import { git } from './git-process.ts';
import type { Repository } from './repository.ts';

/** What makes packing quick: the large content does not compress, and nothing in it is alike. */
const CONFIG = `[core]
	repositoryformatversion = 0
	bare = true
	compression = 0
	bigFileThreshold = 256k
[pack]
	compression = 0
	window = 0
[uploadpack]
	allowFilter = true
	allowAnySHA1InWant = true
[http]
	receivepack = false
[gc]
	auto = 0
`;

/** Makes repositories, and each of them once: equal blueprints get the same directory, which nobody writes to. */
export class RepositoryStore {
  readonly #dir: string;
  readonly #made = new Map<string, Promise<Repository>>();

  /** @param dir where the repositories lie; whoever made it removes it */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** @throws Error when git is not there, or fails */
  get(blueprint: Blueprint): Promise<Repository> {
    const key = createHash('sha256').update(JSON.stringify(blueprint)).digest('hex').slice(0, 24);
    let repository = this.#made.get(key);
    if (!repository) {
      repository = this.#make(key, blueprint);
      this.#made.set(key, repository);
      // A failure is not kept: it may have been a full disk.
      repository.catch(() => this.#made.delete(key));
    }
    return repository;
  }

  async #make(key: string, blueprint: Blueprint): Promise<Repository> {
    const dir = join(this.#dir, `${key}.git`);
    const part = `${dir}.part`;
    await rm(part, { recursive: true, force: true });
    // What `git init --bare` makes, without the hooks' samples and without another process.
    await Promise.all(['objects', 'refs/heads', 'lfs'].map((each) => mkdir(join(part, each), { recursive: true })));
    await Promise.all([
      writeFile(join(part, 'HEAD'), 'ref: refs/heads/main\n'),
      writeFile(join(part, 'config'), CONFIG),
      ...Object.values(blueprint.lfs).map((text) => {
        const content = Buffer.from(text);
        return writeFile(join(part, 'lfs', lfsPointer(content).oid), content);
      }),
    ]);
    const marks = ['-c', 'fastimport.unpackLimit=0', '-c', 'core.fsync=none', 'fast-import', '--quiet', '--done'];
    const at = { cwd: part, home: this.#dir };
    await git(marks, { ...at, feed: (stdin) => writeFastImport(blueprint, stdin) });
    const head = (await git(['rev-parse', 'refs/heads/main'], at)).trim();
    await rename(part, dir);
    return { dir, head };
  }
}
