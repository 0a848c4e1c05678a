export { credentialsOf } from './basic-credentials.ts';
export { refuse, refuseQuietly, replyJson, replyText } from './replies.ts';
export { sendStored } from './send-stored.ts';
