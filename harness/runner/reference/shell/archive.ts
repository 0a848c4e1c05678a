import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { glob, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { unzip, Zip, ZipDeflate } from 'fflate';

/** Files below a directory that patterns name, each relative to it. Directories stand for all that is in them. */
export async function matchingFiles(dir: string, patterns: readonly string[]): Promise<string[]> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    const clean = pattern.replace(/^\.\//, '').replace(/\/+$/, '');
    for await (const name of glob([clean, `${clean}/**`], { cwd: dir })) {
      const path = resolve(dir, name);
      const inside = relative(dir, path);
      if (!inside.startsWith('..') && (await stat(path)).isFile()) files.add(inside);
    }
  }
  return [...files].sort();
}

/** Writes a zip archive, file by file, so that its size does not matter. */
export async function zipFiles(dir: string, names: readonly string[], archive: string): Promise<void> {
  const target = createWriteStream(archive);
  const done = finished(target);
  done.catch(() => {});
  const zip = new Zip((error, chunk, final) => {
    if (error) target.destroy(error);
    else target.write(chunk);
    if (final) target.end();
  });
  for (const name of names) {
    const entry = new ZipDeflate(name, { level: 1 });
    zip.add(entry);
    for await (const chunk of createReadStream(join(dir, name)) as AsyncIterable<Buffer>) {
      entry.push(new Uint8Array(chunk));
      if (target.writableNeedDrain) await once(target, 'drain');
    }
    entry.push(new Uint8Array(0), true);
  }
  zip.end();
  await done;
}

/**
 * Unpacks a zip archive below a directory.
 * @throws Error when it is no zip archive, or an entry leads out of the directory
 */
export async function unzipFile(archive: string, dir: string): Promise<void> {
  const bytes = new Uint8Array(await readFile(archive));
  const entries = await new Promise<Record<string, Uint8Array>>((done, fail) =>
    unzip(bytes, (error, data) => (error ? fail(error) : done(data))),
  );
  for (const [name, content] of Object.entries(entries)) {
    const path = resolve(dir, name);
    if (relative(dir, path).startsWith('..')) throw new Error(`The archive's entry ${name} leads out of ${dir}.`);
    if (name.endsWith('/')) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}
