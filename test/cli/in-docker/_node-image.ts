import { cp, mkdir, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { followProgress } from '../../../harness/containers/follow-progress.ts';
import { bringDebian } from '../../../harness/containers/images/debian.ts';
import { put } from '../_tool.ts';
import type { StandInEngine } from './_engine.ts';

/** What stands in for node:24-bookworm. */
export const NODE_IMAGE = 'node:stand-in';

/** Makes Debian with Node and npm, from packages where no registry has them, and from this machine's own programs. */
export async function makeNodeImage({ docker, dir }: StandInEngine): Promise<void> {
  const debian = 'debian:stand-in';
  await bringDebian({ docker, tag: debian, dir, say: () => {} });
  const context = join(dir, 'node');
  const npm = dirname(dirname(await realpath((await execa('which', ['npm'])).stdout)));
  await mkdir(context);
  await cp(process.execPath, join(context, 'node'));
  await cp(npm, join(context, 'npm'), { recursive: true });
  await put(
    join(context, 'Dockerfile'),
    `FROM ${debian}
COPY node /usr/local/bin/node
COPY npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm && npm --version
`,
  );
  const stream = await docker.buildImage({ context, src: ['.'] }, { t: NODE_IMAGE, networkmode: 'host' });
  await followProgress(docker, stream);
}
