import { z } from 'zod';
import type { ContainerNeeds } from './engine.ts';

/** What an engine says of itself (Docker Engine API, `GET /info`), as far as it matters here. */
export const engineInfo = z.object({
  ServerVersion: z.string(),
  OSType: z.string(),
  KernelVersion: z.string().default(''),
  SecurityOptions: z.array(z.string()).nullish(),
  CgroupVersion: z.string().default('1'),
  CgroupDriver: z.string().default(''),
});

export type EngineInfo = z.infer<typeof engineInfo>;

/** The kernel from which on a user may mount overlays in a user namespace of their own. */
const OVERLAY_KERNEL = [5, 11];

export const isRootless = (info: EngineInfo): boolean => has(info, 'rootless');

/** Why the harness cannot run in an engine, and what to do, as a sentence; undefined when it can. */
export function unfit(info: EngineInfo): string | undefined {
  if (info.OSType !== 'linux')
    return `it runs containers of ${info.OSType}, and the harness needs those of Linux. Switch it over, or use another engine.`;
  if (!isRootless(info)) return undefined;
  const use = 'Use an engine that runs as root, or run proxyproof as root on Linux.';
  if (info.CgroupVersion !== '2')
    return `it is rootless with control groups of version 1, which engines inside it could not use. ${use}`;
  if (info.CgroupDriver === 'none')
    return `it is rootless without control groups of its own: let systemd delegate them to the user (Delegate=yes for user@.service). ${use}`;
  if (isOlder(info.KernelVersion, OVERLAY_KERNEL))
    return `it is rootless on Linux ${info.KernelVersion}, where its users may not mount overlays, which takes 5.11. ${use}`;
  return undefined;
}

/** @param networks the names of the engine's networks */
export const needsOn = (info: EngineInfo, networks: readonly string[]): ContainerNeeds => ({
  bridge: networks.includes('bridge'),
  ownControlGroups: info.CgroupVersion === '2',
  mapsUsers: has(info, 'userns'),
});

const has = ({ SecurityOptions }: EngineInfo, name: string): boolean =>
  (SecurityOptions ?? []).some((each) => each.split(',').includes(`name=${name}`));

function isOlder(version: string, [major = 0, minor = 0]: readonly number[]): boolean {
  const [ours = 0, oursMinor = 0] = version.split('.').map((each) => Number.parseInt(each, 10));
  return ours < major || (ours === major && oursMinor < minor);
}
