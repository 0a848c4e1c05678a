export { checkRequest, type RequestHead, type SoundRequest } from './check-request.ts';
export { declaredBody } from './declared-body.ts';
export { type MessageHead, parseFields, parseHead, parseRequestLine, parseStatusLine } from './head.ts';
export { LIMITS } from './limits.ts';
export { LineReader } from './line-reader.ts';
export { MalformedMessage } from './malformed.ts';
export { withSoundReason } from './sound-reason.ts';
