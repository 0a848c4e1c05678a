import type { RecordedExchange } from '../../ledger/index.ts';
import type { AnswerableRequest } from '../scheduler/moments.ts';
import type { ProxyContext } from './context.ts';

/** What the two ends of an exchange need of it: to record what goes by, and what faults have to know. */
export interface Recording extends RecordedExchange, AnswerableRequest {
  readonly context: ProxyContext;
  /** Set while the proxy answers by itself. */
  readonly ownAnswer: boolean;
}
