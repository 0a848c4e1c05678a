export { BodyMeter, bodyRecord, headerPairs, KEPT_TEXT_BYTES } from './body.ts';
export { BoundedMeter } from './bounded-meter.ts';
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
export { Evidence, type Exchange, headerOf } from './evidence.ts';
export { type FileSink, fileSink } from './file-sink.ts';
export { countingSink, Ledger, type LedgerSink } from './ledger.ts';
export { type Connection, Connections, listen, makeServer } from './origin/index.ts';
export { Secrets } from './secrets.ts';
