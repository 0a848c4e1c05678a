export { credentialsOf } from './basic-credentials.ts';
export { refuse, replyJson, replyText } from './replies.ts';
export { sendStored } from './send-stored.ts';
