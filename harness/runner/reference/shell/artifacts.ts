import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiResult } from '../api/client.ts';
import type { JobArtifact, JobDependency } from '../api/job-payload.ts';
import type { JobReference } from '../api/jobs.ts';
import { handedTo } from '../job/environment.ts';
import type { ExecutorContext } from '../job/executor.ts';
import { matchingFiles, unzipFile, zipFiles } from './archive.ts';
import { multipartFile } from './multipart.ts';

/** How often the helper of the real runner tries, and the pause after the first and every further try, in ms. */
const UPLOAD_TRIES = 3;
const UPLOAD_TRIES_UNAVAILABLE = 6;
const DOWNLOAD_TRIES = 3;
const pause = (tries: number): number => Math.min(1_000 * 2 ** (tries - 1), 5_000);

/** What moving artifacts needs. */
export type ArtifactContext = Pick<
  ExecutorContext,
  'api' | 'log' | 'activity' | 'signals' | 'place' | 'print' | 'variables'
>;

/**
 * Packs files and uploads them.
 * @returns false when GitLab did not take them
 */
export async function uploadArtifact(
  context: ArtifactContext,
  job: JobReference,
  artifact: JobArtifact,
): Promise<boolean> {
  const files = await matchingFiles(context.place.projectDir, artifact.paths ?? []);
  context.print('Uploading artifacts...');
  if (files.length === 0) {
    context.print('ERROR: No files to upload');
    return true;
  }
  const filename = `${artifact.name || 'artifacts'}.zip`;
  const archive = join(context.place.tmpDir, `upload-${job.id}.zip`);
  await mkdir(context.place.tmpDir, { recursive: true });
  await zipFiles(context.place.projectDir, files, archive);
  const form = await multipartFile('file', filename, archive);
  const query = new URLSearchParams({
    artifact_format: 'zip',
    artifact_type: artifact.artifact_type || 'archive',
    ...(artifact.expire_in ? { expire_in: artifact.expire_in } : {}),
  });
  const request = {
    kind: 'upload' as const,
    method: 'POST',
    path: `jobs/${job.id}/artifacts?${query}`,
    headers: { 'Content-Type': form.type, 'Job-Token': job.token },
    body: { open: form.open },
    ofHelper: handedTo(context.variables),
  };
  const what = `Uploading artifacts as "${artifact.artifact_type || 'archive'}" to coordinator...`;
  for (let tries = 1; ; tries++) {
    const result = await context.api.request(context.activity, request, context.signals);
    report(context, what, job.id, result, 201);
    if (result.status === 201) return true;
    const most = result.status === 503 ? UPLOAD_TRIES_UNAVAILABLE : UPLOAD_TRIES;
    if (result.status === 403 || result.status === 413 || tries >= most) return false;
    await context.activity.sleep(pause(tries), context.signals.stop);
  }
}

/**
 * Downloads and unpacks the artifacts of a job that is done.
 * @returns false when there were none to be had
 */
export async function downloadArtifact(context: ArtifactContext, dependency: JobDependency): Promise<boolean> {
  const archive = join(context.place.tmpDir, `download-${dependency.id}.zip`);
  await mkdir(context.place.tmpDir, { recursive: true });
  await mkdir(context.place.projectDir, { recursive: true });
  context.print(`Downloading artifacts for ${dependency.name ?? 'job'} (${dependency.id})...`);
  for (let tries = 1; ; tries++) {
    const result = await context.api.request(
      context.activity,
      {
        kind: 'download',
        method: 'GET',
        path: `jobs/${dependency.id}/artifacts?${tries === 1 ? 'direct_download=true' : ''}`,
        headers: { 'Job-Token': dependency.token },
        ofHelper: handedTo(context.variables),
        saveTo: { path: archive, anew: context.api.behaviour.job.downloadsAnew },
      },
      context.signals,
    );
    report(context, 'Downloading artifacts from coordinator...', dependency.id, result, 200);
    if (result.status === 200) return unpacked(context, archive);
    if (result.status === 403 || result.status === 404 || tries >= DOWNLOAD_TRIES) return false;
    await context.activity.sleep(1_000, context.signals.stop);
  }
}

async function unpacked(context: ArtifactContext, archive: string): Promise<boolean> {
  try {
    await unzipFile(archive, context.place.projectDir);
    return true;
  } catch (error) {
    context.print(`ERROR: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

function report(context: ArtifactContext, what: string, id: number, result: ApiResult, good: number): void {
  const fine = result.status === good;
  const line = fine ? `${what} ok` : result.error ? `${what} error` : `${what} ${result.text}`;
  context.log(fine ? 'info' : 'warning', line, { id, status: result.text });
  context.print(`${fine ? '' : 'WARNING: '}${line} id=${id} status=${result.text}`);
}
