import { existsSync } from 'node:fs';
import { z } from 'zod';
import { run } from '../../../process/index.ts';
import type { Carried } from './tar-of.ts';

/** How long npm may take to say its settings, in real milliseconds; 300 are usual. */
const LIMIT_MS = 20_000;
/** Where npm inside finds what is the user's. */
const USER_CONFIG = '/root/.npmrc';
const CA_FILE = '/etc/proxyproof/npm-ca.pem';

const text = z.string().min(1).nullish().catch(undefined);
const settings = z.object({
  registry: text,
  userconfig: text,
  cafile: text,
  proxy: text,
  'https-proxy': text,
  'strict-ssl': z.boolean().catch(true),
});

/** How npm inside reaches the registry that npm of this machine uses. */
export interface NpmSettings {
  readonly env: Readonly<Record<string, string>>;
  /** Among them the user's tokens for the registry. */
  readonly files: readonly Carried[];
}

/** Asks npm for its settings. One that is not there has none. @param cwd whose .npmrc counts, too */
export async function npmSettings(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Promise<NpmSettings> {
  const said = await run('npm', ['config', 'list', '--json'], { env, cwd, limitMs: LIMIT_MS }).catch(() => undefined);
  const found = settings.safeParse(parsed(said?.stdout ?? ''));
  if (!found.success) return { env: {}, files: [] };
  const { registry, userconfig, cafile, proxy } = found.data;
  const files = [
    { source: userconfig, target: USER_CONFIG },
    { source: cafile, target: CA_FILE },
  ].flatMap(({ source, target }) => (source && existsSync(source) ? [{ source, target }] : []));
  return {
    env: {
      ...(registry ? { npm_config_registry: registry } : {}),
      ...(proxy ? { npm_config_proxy: proxy } : {}),
      ...(found.data['https-proxy'] ? { npm_config_https_proxy: found.data['https-proxy'] } : {}),
      ...(found.data['strict-ssl'] ? {} : { npm_config_strict_ssl: 'false' }),
      ...(files.some(({ target }) => target === CA_FILE) ? { npm_config_cafile: CA_FILE } : {}),
    },
    files,
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
