import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { EnvironmentError } from '../../../conformance/errors.ts';

const config = z.object({ currentContext: z.string().optional() });
const meta = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string().min(1) }) }) });

/**
 * Reads what docker's config.json says of contexts; one that is not there says nothing.
 * @throws EnvironmentError when it cannot be understood
 */
export async function readDockerConfig(configDir: string): Promise<{ readonly currentContext?: string | undefined }> {
  const file = join(configDir, 'config.json');
  if (!existsSync(file)) return {};
  return read(file, config, 'The configuration of the docker command');
}

/**
 * Reads where a context's engine is. A context's files are in directories named by the digest of its name.
 * @param how what named the context
 * @throws EnvironmentError when there is no such context
 */
export async function readContext(
  configDir: string,
  name: string,
  how: string,
): Promise<{ readonly host: string; readonly certificates?: string }> {
  const contexts = join(configDir, 'contexts');
  const id = createHash('sha256').update(name).digest('hex');
  const file = join(contexts, 'meta', id, 'meta.json');
  if (!existsSync(file)) {
    throw new EnvironmentError(
      `There is no ${how.replace(/^the /, '')}: ${file} is missing. docker context ls lists those there are; DOCKER_HOST names an engine without one.`,
    );
  }
  const { Endpoints } = await read(file, meta, `The Docker context ${name}`);
  const certificates = join(contexts, 'tls', id, 'docker');
  return { host: Endpoints.docker.Host, ...(existsSync(certificates) ? { certificates } : {}) };
}

async function read<T>(file: string, schema: z.ZodType<T>, what: string): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new EnvironmentError(`${what} cannot be read from ${file}: ${why}. Mend it, or move it away.`, {
      cause: error,
    });
  }
}
