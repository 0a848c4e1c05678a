export { bracketed, hostOf, joinHostPort, portOf } from './authority.ts';
export { maskedText, maskedUrl, maybeUserinfo } from './masked.ts';
export { percentDecode, percentDecodeBytes, percentEncode } from './percent.ts';
export { splitUrl, type UrlParts } from './split-url.ts';
export { originForm, withoutScheme, withUserinfo } from './target.ts';
export { decodeUserinfo, splitAtLast, splitUserinfo, type UserAndPassword } from './userinfo.ts';
