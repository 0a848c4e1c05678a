import { missingHere } from '../harness/conformance/index.ts';
import { buildImages, ImageStore } from '../harness/containers/index.ts';
import { defaultCacheDirectory, machineIsolation } from '../harness/world/index.ts';
import { nothingLeft } from './nothing-left.ts';

/**
 * Makes the images before the first test, so that no test waits for them. Where none can be made, tests say why they are left out.
 * @returns in CI, where nothing else goes on: what fails if the tests leave something behind
 */
export default async function prepare(): Promise<(() => Promise<void>) | undefined> {
  await makeImages();
  return process.env['CI'] ? nothingLeft() : undefined;
}

async function makeImages(): Promise<void> {
  const { kind } = await machineIsolation();
  if (kind !== 'namespace' || missingHere('docker') !== undefined) return;
  await buildImages(await ImageStore.open(defaultCacheDirectory()), {
    say: (line) => void process.stderr.write(`${line}\n`),
  });
}
