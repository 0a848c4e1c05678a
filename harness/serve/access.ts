import { createHash, timingSafeEqual } from 'node:crypto';
import type { NextFunction, Request, RequestHandler, Response } from 'express';

/** Who may use a lab's API. */
export interface ApiAccess {
  /** `host:port` as the lab's own URL has it. */
  readonly authority: () => string;
  readonly token: string;
}

/**
 * Lets no page of another site in: neither by a name that leads here (DNS rebinding), nor by a request that a browser makes for
 * another site (Fetch Metadata; RFC 6454 for Origin).
 */
export function sameSite({ authority }: ApiAccess): RequestHandler {
  return (req: Request, res: Response, next: NextFunction): void => {
    const { host, origin, 'sec-fetch-site': site } = req.headers;
    const own = authority();
    if (host !== own)
      return void refuse(
        res,
        421,
        `This lab is ${own}, and was asked for as ${host ?? 'nobody'}. Use the printed URL.`,
      );
    if (origin !== undefined && origin !== `http://${own}`)
      return void refuse(res, 403, 'A page of another site asks for this, and gets nothing.');
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      return void refuse(res, 403, 'A page of another site asks for this, and gets nothing.');
    next();
  };
}

/** Asks for the token, which the printed URL alone holds (RFC 6750 section 2.1). */
export function tokenOnly({ token }: ApiAccess): RequestHandler {
  const wanted = digest(`Bearer ${token}`);
  return (req: Request, res: Response, next: NextFunction): void => {
    const { authorization = '' } = req.headers;
    if (timingSafeEqual(digest(authorization), wanted)) next();
    else {
      res.setHeader('WWW-Authenticate', 'Bearer realm="proxyproof lab"');
      refuse(
        res,
        401,
        'The token is missing or wrong. Open the URL that serve has printed, whole, or name it with --lab.',
      );
    }
  };
}

/** Of the same length, whatever was sent. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Answers with a sentence. */
export function refuse(res: Response, status: number, error: string): void {
  res.status(status).json({ error });
}
