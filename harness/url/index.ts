export { authorityOf, bracketed, hostOf, portOf } from './authority.ts';
export { percentDecode, percentDecodeBytes, percentEncode } from './percent.ts';
export { splitUrl, type UrlParts } from './split-url.ts';
export { decodeUserinfo, splitUserinfo, type UserAndPassword } from './userinfo.ts';
