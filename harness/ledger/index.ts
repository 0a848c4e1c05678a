export type { LedgerEntry } from './entry.ts';
export type {
  BodyRecord,
  EventBody,
  EventOf,
  Header,
  LedgerEvent,
  Peer,
  PlannedAnswer,
  RequestKind,
  Via,
} from './event.ts';
export { checkEvent, requestKindSchema } from './event-schema.ts';
export { Evidence, type Exchange, headerOf } from './evidence.ts';
export {
  BodyMeter,
  bodyRecord,
  boundaryOf,
  Connection,
  endToEnd,
  hasBody,
  headerLines,
  headerPairs,
  headOnWire,
  KEPT_TEXT_BYTES,
  parseResponse,
  RecordedExchange,
  type ResponseHead,
  writeHead,
} from './exchange/index.ts';
export { type FileSink, fileSink } from './file-sink.ts';
export { Ledger } from './ledger.ts';
export { Connections, isConnectionLost, listen, makeServer, type OnMalformed, wrongHost } from './origin/index.ts';
export { Needles } from './secrets/needles.ts';
export { Secrets } from './secrets/secrets.ts';
export { replaceSpots, type SecretSpot } from './secrets/view.ts';
export { countingSink, type LedgerSink } from './sink.ts';
