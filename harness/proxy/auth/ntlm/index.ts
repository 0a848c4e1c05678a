export { type NtlmOptions, ntlmAuthentication } from './ntlm.ts';
