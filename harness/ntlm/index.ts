export { hmacMd5, ntHash, ntlmv2Hash, upperCase, utf16 } from './hashes.ts';
export { md4 } from './md4.ts';
export { rc4 } from './rc4.ts';
