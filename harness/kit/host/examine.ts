import { readFile } from 'node:fs/promises';
import type { Stage } from '../../conformance/authoring.ts';
import type { SystemdHost } from '../../containers/host/index.ts';
import { collectScript } from '../../diagnosis/collect/collect-script.ts';
import { collectionMarks } from '../../diagnosis/host/collection.ts';

const SCRIPT = '/run/proxyproof/collect.sh';
const BUNDLE = '/run/proxyproof/collected.tar.gz';
/** A machine that has much to do answers late, and an answer that is missing would be taken for another finding. */
const COMMANDS_S = 30;
const LIMIT_MS = 60_000;

/**
 * Looks at a machine as a customer is asked to: by the script that `proxyproof collect` prints. Marks each file that it gathers.
 * @throws Error with the script's last words when it fails
 */
export async function examineHost({ world }: Pick<Stage, 'world'>, host: SystemdHost): Promise<void> {
  await host.write(SCRIPT, await readFile(collectScript(), 'utf8'));
  const command = ['sh', '-c', `COLLECT_LIMIT=${COMMANDS_S} sh ${SCRIPT} ${BUNDLE} >&2 && base64 ${BUNDLE}`];
  const { code, stdout, stderr } = await host.container.exec(command, { limitMs: LIMIT_MS });
  if (code !== 0) throw new Error(`Nothing could be collected on the machine: ${stderr.trim().split('\n').at(-1)}`);
  // What opens archives is loaded with this alone: list and show load every scenario.
  const { bundleOf } = await import('../../diagnosis/bundle/open-bundle.ts');
  for (const [name, text] of collectionMarks(await bundleOf('collected.tar.gz', Buffer.from(stdout, 'base64')))) {
    world.mark(name, text);
  }
}
