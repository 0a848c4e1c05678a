import type { Document, UnitDocument } from '../../diagnosis/documents/document.ts';
import { PAGE_PATHS } from '../../diagnosis/host/paths.ts';
import { serviceName } from '../../diagnosis/service-name.ts';

/** A file of the customer's on the machine. */
export interface TheirFile {
  /** As the bundle names it. */
  readonly file: string;
  /** Where it lies on the machine. */
  readonly path: string;
  readonly document: Document;
  readonly content: string;
}

/** The part of a path from a directory of a machine's root on. */
const FROM_ROOT = /(?:^|\/)((?:etc|root|home|usr\/lib|usr\/local|run|lib)\/.+)$/;

const absolute = (path: string): string | undefined => {
  const [, found] = FROM_ROOT.exec(path) ?? [];
  return found === undefined ? undefined : `/${found}`;
};

/** The path of a document's file for whoever has the machine; the bundle's name of it where it lies on none. */
export const machinePathOf = (document: Document): string =>
  absolute(document.piece.path) ?? placeOf(document)?.path ?? document.piece.file;

/** Where a document's file lies on the customer's machine, and what of it; undefined for logs and what commands print. */
export function placeOf(document: Document): TheirFile | undefined {
  const path = pathOf(document);
  if (path === undefined) return undefined;
  const content = document.kind === 'unit' && document.role === 'unit' ? environmentOf(document) : document.piece.text;
  return content === '' ? undefined : { file: document.piece.file, path, document, content };
}

function pathOf(document: Document): string | undefined {
  const found = absolute(document.piece.path);
  switch (document.kind) {
    case 'config-toml':
      return PAGE_PATHS.config;
    case 'cntlm':
      return PAGE_PATHS.cntlm;
    case 'daemon-json':
      return '/etc/docker/daemon.json';
    case 'docker-cli':
      return PAGE_PATHS.dockerConfig;
    case 'unit':
      return unitPath(document, found);
    case 'env-file':
      if (document.flavour === 'etc-environment') return '/etc/environment';
      return document.flavour === 'environment-file' || document.flavour === 'shell' ? found : undefined;
    case 'git-config':
      return found;
    default:
      return undefined;
  }
}

/** The units themselves are the machine's; what a unit of theirs gives its service goes before every drop-in. */
function unitPath(document: UnitDocument, found: string | undefined): string | undefined {
  const { role, unit, piece } = document;
  const name = serviceName(unit);
  if (role === 'manager') return found ?? '/etc/systemd/system.conf.d/customer.conf';
  if (role === 'unit') return name === '' ? undefined : `/etc/systemd/system/${name}.service.d/00-unit.conf`;
  if (found?.includes('/systemd/system/')) return found;
  const base = piece.path.split('/').at(-1) ?? 'http-proxy.conf';
  return name === '' ? undefined : `/etc/systemd/system/${name}.service.d/${base}`;
}

const OF_ENVIRONMENT = /^(?:Environment|EnvironmentFile|UnsetEnvironment|PassEnvironment)$/;

function environmentOf({ lines }: UnitDocument): string {
  const kept = lines.filter(
    ({ section, key, isHeading }) => !isHeading && section === 'Service' && OF_ENVIRONMENT.test(key),
  );
  return kept.length === 0 ? '' : ['[Service]', ...kept.map(({ text }) => text), ''].join('\n');
}
