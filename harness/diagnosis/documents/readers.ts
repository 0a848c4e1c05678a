import { ciReader } from './ci.ts';
import { cntlmReader } from './cntlm.ts';
import { configTomlReader } from './config-toml.ts';
import type { Reader } from './document.ts';

/** Every kind of file that is known, the more particular ones first: of two that are equally sure the first gets the text. */
export const readers: readonly Reader[] = [cntlmReader, configTomlReader, ciReader];
