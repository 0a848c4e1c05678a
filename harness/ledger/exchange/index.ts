export { BodyMeter, bodyRecord, KEPT_TEXT_BYTES } from './body-meter.ts';
export { Connection } from './connection.ts';
export { boundaryOf } from './form-digest.ts';
export { hasBody, headerLines, headerPairs, headOnWire, parseResponse, type ResponseHead, writeHead } from './head.ts';
export { endToEnd } from './hop-by-hop.ts';
export { RecordedExchange } from './recorded-exchange.ts';
