import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../../conformance/index.ts';
import type { ProxyKind } from '../../proxy/index.ts';
import {
  cntlmLacks,
  type LabDeclaration,
  madeUpPassword,
  madeUpUser,
  readDeclaration,
  USUAL_REPOSITORY,
} from '../../serve/index.ts';
import type { WorldSpec } from '../../world/index.ts';
import type { Terminal } from '../exit.ts';
import type { ServeOptions } from './options.ts';

/** Polls are held as long as GitLab holds them, so that a lab is quiet, in milliseconds. */
const LONG_POLL_MS = 50_000;

/**
 * The lab that somebody asks for: a file, or the usual world, with what options say otherwise.
 * @throws UsageError when the file is none, or options do not go together
 */
export async function declaredLab(given: ServeOptions, terminal: Terminal): Promise<LabDeclaration> {
  const file = given.world === undefined ? undefined : await declarationIn(given.world, terminal);
  if (given.replay && !file?.steps.length)
    throw new UsageError('--replay does the steps of a file again: name one that has steps with --world.');
  const base = file ?? { world: usualWorld(), steps: [] };
  const { rateLimit = base.rateLimit } = given;
  const proxy = proxyOf(given, base.world.proxy?.kind);
  const { proxy: before, ...rest } = base.world;
  const world: WorldSpec = {
    ...rest,
    gitlab: { ...rest.gitlab, ...(given.tls ? { tls: true } : {}) },
    ...(proxy === undefined
      ? before
        ? { proxy: before }
        : {}
      : proxy === 'none'
        ? {}
        : { proxy: { ...before, ...proxy } }),
    ...(given.docker ? { docker: rest.docker ?? {}, registry: rest.registry ?? { tls: true } } : {}),
  };
  const cntlm = given.cntlm || base.cntlm === true;
  const lacks = cntlmLacks({ cntlm, world });
  if (lacks !== undefined) throw new UsageError(lacks);
  return { world, ...(rateLimit === undefined ? {} : { rateLimit }), ...(cntlm ? { cntlm } : {}), steps: base.steps };
}

const usualWorld = (): LabDeclaration['world'] => ({
  proxy: { kind: 'basic' },
  gitlab: {
    longPollMs: LONG_POLL_MS,
    repositories: [
      {
        path: USUAL_REPOSITORY,
        files: { 'README.md': '# Proxyproof\n', Dockerfile: 'FROM scratch\nCOPY README.md /\n' },
      },
    ],
  },
});

async function declarationIn(path: string, { cwd }: Terminal): Promise<LabDeclaration> {
  const text = await readFile(resolve(cwd, path), 'utf8').catch((error: Error) => {
    throw new UsageError(`The lab in ${path} cannot be read: ${error.message}.`);
  });
  try {
    return readDeclaration(text);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`The lab in ${path} cannot be stood up: ${error.message}.`);
    throw error;
  }
}

/** What options say of the proxy: nothing, that there is none, or what differs. */
function proxyOf({ proxy, auth, intercept }: ServeOptions, before: ProxyKind | undefined) {
  if (proxy === 'none') {
    if (auth !== undefined || intercept) throw new UsageError('--proxy none has no proxy for --auth or --intercept.');
    return 'none' as const;
  }
  if (proxy === undefined && auth === undefined && !intercept) return undefined;
  const kind = proxy ?? (auth === undefined || auth === 'basic' ? (before ?? 'basic') : 'keep-alive');
  return {
    kind,
    ...(auth === undefined ? {} : { auth: { scheme: auth, user: madeUpUser(), password: madeUpPassword() } }),
    ...(intercept ? { intercepts: {} } : {}),
  };
}
