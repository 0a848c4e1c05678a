import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type Response } from 'express';
import { joinHostPort } from '../url/index.ts';
import { type ApiAccess, sameSite, tokenOnly } from './access.ts';
import { labApi } from './api.ts';
import { Feed } from './feed.ts';
import type { LiveLab } from './lab.ts';

/** The page and the API of a lab, on the air. */
export interface LabServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:41237/`. */
  readonly url: string;
  /** The same with the token, which nothing else holds: the fragment of a URL is sent to nobody. */
  readonly secretUrl: string;
}

/** What a browser is shown at the root. */
export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Serves a lab's page and API on a free port.
 * @param address where it listens, and as whom it answers
 * @throws Error when it cannot listen there
 */
export async function serveLab(
  lab: LiveLab,
  { address, token, page }: { readonly address: string; readonly token: string; readonly page: Page },
): Promise<LabServer> {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  const feed = new Feed(lab);
  let authority = '';
  const access: ApiAccess = { authority: () => authority, token };
  app.use(sameSite(access));
  app.get('/', (_req: Request, res: Response) => void res.set(page.headers).type('html').send(page.html));
  app.use('/api', tokenOnly(access), labApi(lab, feed));
  const server = createServer(app);
  server.listen(0, address);
  await once(server, 'listening');
  authority = joinHostPort(address, (server.address() as AddressInfo).port);
  const url = `http://${authority}/`;
  return {
    url,
    secretUrl: `${url}#token=${token}`,
    [Symbol.asyncDispose]: async () => {
      feed[Symbol.dispose]();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
