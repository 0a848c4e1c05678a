import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type Docker from 'dockerode';
import { EnvironmentError } from '../../../conformance/errors.ts';
import { EXIT } from '../../exit.ts';
import { certificateFiles } from '../carried/environment.ts';
import { npmSettings } from '../carried/npm-settings.ts';
import { packageFiles } from '../carried/package-files.ts';
import { execute } from '../container/execute.ts';
import { inContainer } from '../container/in-container.ts';
import { PREPARED_LABEL, RUN_LABEL } from '../container/labels.ts';
import type { Session } from '../session.ts';
import { bringImage, imageId } from './base-image.ts';
import { PACKAGES_MISSING, PREPARE, PREPARE_FILE } from './script.ts';

const REPOSITORY = 'proxyproof/in-docker';
/** How it ends where the launcher or a program is not content with what is there. */
const UNSUITABLE: ReadonlySet<number> = new Set([EXIT.environment, 126, 127]);

/**
 * Installs into an image what runs need, once for each version of that; later runs begin with the result.
 * @param image as the user names it
 * @param root the directory of the package
 * @returns the name of the image to run
 * @throws EnvironmentError when something cannot be installed; what the installer said has been shown by then
 */
export async function preparedImage(session: Session, image: string, root: string): Promise<string> {
  const { terminal, say, stop } = session;
  const { docker } = session.engine;
  const id = await stop.race(bringImage(docker, image, say));
  const tag = await digest(id, root, session);
  const name = `${REPOSITORY}:${tag}`;
  if ((await imageId(docker, name)) !== undefined) return name;
  say(`installing what proxyproof needs into a copy of ${image} (once) …`);
  const npm = await npmSettings(terminal.env, root);
  const env = { ...session.env, ...npm.env };
  const files = [...packageFiles(root), ...npm.files, ...certificateFiles(terminal.env)];
  await inContainer({ ...session, env }, { image, files, forRun: false }, async (container) => {
    const code = await execute(docker, container, ['sh', '-c', PREPARE], { env, terminal });
    if (code !== 0) throw new EnvironmentError(whatFailed(image, code));
    await commit(container, tag, image);
  });
  await removeOthers(docker, image, name);
  return name;
}

/** Of everything that decides what is installed. */
async function digest(id: string, root: string, { env }: Session): Promise<string> {
  const lock = join(root, 'package-lock.json');
  const hash = createHash('sha256').update(`${id}\0${PREPARE}\0${env['PROXYPROOF_NO_INSTALL'] ?? ''}\0`);
  const decides = [
    join(root, 'proxyproof'),
    existsSync(lock) ? lock : join(root, 'package.json'),
    join(root, PREPARE_FILE),
  ];
  for (const file of decides) hash.update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

/** A container that somebody makes of it is of no run of ours. */
const commit = (container: Docker.Container, tag: string, image: string): Promise<unknown> =>
  container.commit({
    repo: REPOSITORY,
    tag,
    pause: false,
    changes: `LABEL ${PREPARED_LABEL}=${JSON.stringify(image)} ${RUN_LABEL}=""`,
  });

function whatFailed(image: string, code: number | undefined): string {
  if (code === undefined)
    return `The container in which ${image} was being prepared is gone. Is the engine still up, and is there space on its disk?`;
  if (code === PACKAGES_MISSING)
    return `The packages that scenarios need could not be installed into ${image}; apt-get's last words are above. Set http_proxy for it, or name an image that has them with --in-docker=IMAGE.`;
  const failed = `${image} could not be prepared (exit code ${code}); what went wrong is above.`;
  return UNSUITABLE.has(code)
    ? `${failed} It has to be Debian or Ubuntu with bash, Node.js 20 or newer, and npm: name another with --in-docker=IMAGE.`
    : `${failed} It is proxyproof that does not run in there.`;
}

/** What was prepared from the same image before is of no use any more; what somebody runs stays until the next time. */
async function removeOthers(docker: Docker, image: string, name: string): Promise<void> {
  const all = await docker.listImages({ filters: { label: [`${PREPARED_LABEL}=${image}`] } });
  for (const each of all.filter(({ RepoTags }) => !RepoTags?.includes(name))) {
    await docker
      .getImage(each.Id)
      .remove()
      .catch(() => {});
  }
}
