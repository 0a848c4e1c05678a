import { findingsIn } from '../../diagnosis/diagnose.ts';
import { PAGE_PATHS } from '../../diagnosis/host/paths.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { serviceIn } from '../plan/service-in.ts';

/** A service that runs with what its files were before, by what the customer's machine says of itself. */
export interface Stale {
  readonly unit: string;
  /** Whether a file is written only when the service runs. */
  writes(path: string): boolean;
  /** What was done all the same. */
  readonly then: readonly (readonly string[])[];
}

const RELOAD = ['systemctl', 'daemon-reload'];

/** The services whose files changed after systemd read them, or after they were started. */
export function staleIn(picture: Picture): readonly Stale[] {
  return findingsIn(picture).flatMap(({ cause, says }): readonly Stale[] => {
    if (cause === 'value/proxy-refuses-connection') return cntlmIsOld(picture) ? [of('cntlm', [])] : [];
    if (cause !== 'systemd/not-reloaded' && cause !== 'systemd/not-restarted') return [];
    const unit = serviceIn(says);
    return unit === undefined ? [] : [of(unit, cause === 'systemd/not-restarted' ? [RELOAD] : [])];
  });
}

const of = (unit: string, then: Stale['then']): Stale => ({
  unit,
  writes: (path) => (unit === 'cntlm' ? path === PAGE_PATHS.cntlm : path.includes(`/${unit}.service.d/`)),
  then,
});

/** Whether cntlm.conf has it listen where the files look for it, and nobody does. */
function cntlmIsOld(picture: Picture): boolean {
  const listen = picture.all('cntlm').flatMap(({ settings }) => settings.filter(({ key }) => key === 'listen'));
  const sockets = picture.all('sockets').flatMap(({ listening }) => listening);
  if (listen.length === 0 || sockets.length === 0) return false;
  return listen.every(({ value }) => picture.proxies.some(({ host, port }) => value === `${host}:${port}`));
}
