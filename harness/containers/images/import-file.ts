import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';

/** Makes an image of a file system in a tar file. @throws Error with the daemon's reason */
export async function importImage(docker: Docker, file: string, repo: string, tag: string): Promise<void> {
  const answer = await docker.importImage(createReadStream(file), { repo, tag });
  const said = await text(answer);
  const failure = /"error":"([^"]+)"/.exec(said)?.[1];
  if (failure) throw new Error(`The image ${repo}:${tag} cannot be imported: ${failure}.`);
}
