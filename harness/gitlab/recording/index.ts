export { type BodyEnd, Exchange } from './exchange.ts';
export { exchangeOf, recordResponse } from './recorded-response.ts';
