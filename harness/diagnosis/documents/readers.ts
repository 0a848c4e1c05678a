import { certificatesReader } from './certificates.ts';
import { ciReader } from './ci.ts';
import { cntlmReader } from './cntlm.ts';
import { configTomlReader } from './config-toml.ts';
import { daemonJsonReader } from './daemon-json.ts';
import { dockerCliReader } from './docker-cli.ts';
import { dockerInfoReader } from './docker-info.ts';
import type { Reader } from './document.ts';
import { envFileReader } from './env-file.ts';
import { gitConfigReader } from './git-config.ts';
import { addressesReader, socketsReader } from './host-network.ts';
import { logReader } from './log.ts';
import { showReader } from './show.ts';
import { squidConfReader } from './squid-conf.ts';
import { squidLogReader } from './squid-log.ts';
import { toolReader } from './tool.ts';
import { unitReader } from './unit.ts';
import { versionsReader } from './versions.ts';

/** Every kind of file that is known, the more particular ones first: of two that are equally sure the first gets the text. */
export const readers: readonly Reader[] = [
  cntlmReader,
  configTomlReader,
  ciReader,
  showReader,
  unitReader,
  daemonJsonReader,
  dockerCliReader,
  dockerInfoReader,
  versionsReader,
  gitConfigReader,
  socketsReader,
  addressesReader,
  toolReader,
  envFileReader,
  squidLogReader,
  squidConfReader,
  certificatesReader,
  logReader,
];
