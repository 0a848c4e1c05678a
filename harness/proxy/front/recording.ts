import type { BodyRecord } from '../../ledger/index.ts';
import type { AnswerableRequest } from '../scheduler/moments.ts';
import type { ProxyContext } from './context.ts';
import type { RawHead } from './raw-head.ts';

/** What the two ends of an exchange need of the record that they belong to. */
export interface Recording extends AnswerableRequest {
  readonly context: ProxyContext;
  /** Set while the proxy answers by itself. */
  readonly ownAnswer: boolean;
  recordResponse(head: RawHead, madeBy: 'self' | 'origin'): void;
  recordBody(kind: 'request-body' | 'response-body', body: BodyRecord): void;
  flag(what: string): void;
}
