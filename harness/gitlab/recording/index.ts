export { type BodyEnd, GitlabExchange } from './gitlab-exchange.ts';
export { exchangeOf, recordResponse } from './recorded-response.ts';
