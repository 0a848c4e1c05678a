import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Clock } from '../clock/index.ts';
import { type Connection, type Connections, type Ledger, type RequestKind, wrongHost } from '../ledger/index.ts';
import { requestJob, type Services } from './api/index.ts';
import { fail, unknownEndpoint } from './application.ts';
import { type ClientCertificates, refusalPage } from './client-certificates.ts';
import { TRACE_LIMIT } from './jobs/index.ts';
import type { Answer, PlannedFailure } from './plan.ts';
import { giveAnswer, giveFailure, loseAnswer, type PlanFollower } from './plans/index.ts';
import { GitlabExchange, recordResponse } from './recording/index.ts';
import { refuse, replyText } from './replies/index.ts';
import { pathOf, requestKindOf } from './request-kind.ts';

/** How much of a body is kept for whoever answers, in bytes. */
const BODY_LIMIT = 1024 * 1024;

/** Kinds whose body goes where it belongs as it arrives; whoever answers them reads it. */
const STREAMED: ReadonlySet<RequestKind> = new Set(['upload', 'git', 'lfs', 'cache']);

/** Kinds that go to where artifacts and caches are stored. */
const STORED: ReadonlySet<RequestKind> = new Set(['object-storage', 'cache']);

/** What answering a request takes. */
export interface RequestContext {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly connections: Connections;
  /** What certificates clients showed, where they are asked for them. */
  readonly clientCertificates?: ClientCertificates;
  readonly plans: PlanFollower;
  readonly services: Services;
  /** Answers in the ordinary way. */
  readonly application: RequestListener;
  /** Whether a kind of request is answered at all. */
  readonly allows: (kind: RequestKind) => boolean;
}

/** Records a request, asks the plan about it, and has it answered. */
export function requestHandler(context: RequestContext): RequestListener {
  return (req, res) => {
    const connection = context.connections.of(req.socket);
    const exchange = openExchange(req, res, connection, context);
    serve(req, res, connection, exchange, context).catch((error: unknown) => fail(res, error));
  };
}

function openExchange(
  req: IncomingMessage,
  res: ServerResponse,
  connection: Connection,
  { ledger, clock, services, connections }: RequestContext,
): GitlabExchange {
  const path = pathOf(req.url ?? '/');
  const kind = requestKindOf(req.method ?? 'GET', path, services.cache?.access.bucket);
  const exchange = new GitlabExchange({ connection, kind, path, ledger, clock }, req);
  const wrong = wrongHost(req.headers.host, STORED.has(kind) ? services.storage : connections.origin);
  if (wrong !== undefined) exchange.flag(wrong);
  connection.unanswered += 1;
  recordResponse(res, exchange, connection);
  return exchange;
}

async function serve(
  req: IncomingMessage,
  res: ServerResponse,
  connection: Connection,
  exchange: GitlabExchange,
  { clientCertificates, plans, services, application, allows }: RequestContext,
): Promise<void> {
  const { kind } = exchange;
  const refusal = STORED.has(kind) ? undefined : clientCertificates?.refusal(connection);
  if (refusal !== undefined) {
    if ((await exchange.readBody(0)) === 'cut') return;
    return replyText(res, 400, refusalPage(refusal), { 'Content-Type': 'text/html', ...CLOSE });
  }
  const turn = plans.next(kind);
  const { give, occurrence = 0 } = turn ?? {};
  if (give && isTaken(give)) {
    loseAnswer(res, () => void giveFailure(res, give, occurrence, connection.raw));
  } else if (turn) {
    if ((await exchange.readBody(0)) === 'cut') return;
    if ('status' in turn.give) return giveAnswer(res, turn.give, turn.occurrence);
    return giveFailure(res, turn.give, turn.occurrence, connection.raw);
  }
  if (!STREAMED.has(kind)) {
    const end = await exchange.readBody(kind === 'trace' ? TRACE_LIMIT : BODY_LIMIT);
    if (end === 'cut') return;
    if (end === 'too-large') return refuse(res, 413, `The body of this ${kind} request is too large.`, CLOSE);
  }
  if (kind === 'unknown' || !allows(kind)) return unknownEndpoint(res);
  if (kind === 'job') return requestJob(res, services);
  // An absolute target is as good as any other, but express would look for the whole of it.
  if (!target(req).startsWith('/')) req.url = target(req).replace(/^https?:\/\/[^/?#]*/i, '') || '/';
  application(req, res);
}

/** Whether a request has its ordinary effect, and its answer is lost. */
const isTaken = (give: Answer | PlannedFailure): give is PlannedFailure =>
  'reset' in give && give.reset === 'after-taking';

const CLOSE = { Connection: 'close' };

const target = (req: IncomingMessage): string => req.url ?? '/';
