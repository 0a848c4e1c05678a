import { realClock } from '../../harness/clock/index.ts';
import { type LabDeclaration, type LabServer, LiveLab, serveLab } from '../../harness/serve/index.ts';
import { createRunContext } from '../../harness/world/index.ts';

export const TOKEN = 'token-of-the-test';

/** A lab on loopback, with its API. */
export interface ServedLab extends AsyncDisposable {
  readonly lab: LiveLab;
  readonly server: LabServer;
  /** Asks the API, with the token. */
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Response>;
}

/** Stands a lab up; a proxy with Basic and a GitLab by default. */
export async function startLab(
  declaration: LabDeclaration = { world: { proxy: { kind: 'basic' }, gitlab: {} }, steps: [] },
  keeps = 1000,
): Promise<ServedLab> {
  await using undo = new AsyncDisposableStack();
  const run = undo.use(await createRunContext({ isolation: 'names' }));
  const address = '127.0.0.1';
  const lab = undo.use(await LiveLab.open({ declaration, clock: realClock(), run, version: '0.0.0', address, keeps }));
  const server = undo.use(
    await serveLab(lab, { address, token: TOKEN, page: { html: '<!doctype html>', headers: { 'X-Page': 'yes' } } }),
  );
  const up = undo.move();
  return {
    lab,
    server,
    ask: (method, path, body, headers = {}) =>
      fetch(`${server.url}api/${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${TOKEN}`,
          ...(body === undefined
            ? {}
            : { 'Content-Type': typeof body === 'string' ? 'text/yaml' : 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    [Symbol.asyncDispose]: () => up.disposeAsync(),
  };
}
