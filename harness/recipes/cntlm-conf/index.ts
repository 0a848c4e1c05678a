export { type CntlmAccount, passNtlmv2 } from './pass-ntlmv2.ts';
export { type CntlmSetting, type IgnoredLine, readCntlmConf } from './read.ts';
export { type CntlmConf, cntlmConf } from './write.ts';
