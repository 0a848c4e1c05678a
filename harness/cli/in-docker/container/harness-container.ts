import type { Readable } from 'node:stream';
import { GenericContainer } from 'testcontainers';
import type { UserEngine } from '../engine/engine.ts';
import { CACHE_VOLUME } from './cache.ts';
import { labelsOf } from './labels.ts';

/** What a container is made for. */
export interface HarnessContainerOptions {
  readonly image: string;
  readonly name: string;
  /** The label of the run that it belongs to. */
  readonly run: string;
  /** A tar of files that it has from the start. */
  readonly files: Readable;
  /** Whether a run happens in it, which takes all privileges and what is cached. */
  readonly forRun: boolean;
  /** Whether it lives in the network of the engine's machine. */
  readonly machineNetwork: boolean;
}

/**
 * A container that does nothing, for commands to be run in. Its one process reads an input that this process holds
 * open: when this process ends, however that comes about, the container ends with all in it, and the engine removes it.
 * So testcontainers' own reaper, an image from a registry, is not needed.
 */
export class HarnessContainer extends GenericContainer {
  readonly #engine: UserEngine;

  constructor(engine: UserEngine, options: HarnessContainerOptions) {
    super(options.image);
    this.#engine = engine;
    const { bridge, ownControlGroups, mapsUsers } = engine.needs;
    this.withAutoCleanup(false)
      .withName(options.name)
      .withLabels(labelsOf(options.run))
      // What it is the parent of in the end is nobody's to wait for; the kernel does that (wait(2)).
      .withEntrypoint(['env', '--ignore-signal=CHLD', 'cat'])
      .withCommand([])
      .withUser('0:0')
      .withCopyArchivesToContainer([{ tar: options.files, target: '/' }])
      .withNetworkMode(options.machineNetwork || !bridge ? 'host' : 'bridge');
    this.createOpts.Healthcheck = { Test: ['NONE'] };
    this.createOpts.OpenStdin = true;
    this.createOpts.StdinOnce = true;
    this.hostConfig.AutoRemove = true;
    if (!options.forRun) return;
    this.withPrivilegedMode().withBindMounts([CACHE_VOLUME]);
    // The engines of cases keep their data below it, which cannot be on a container's own layered file system.
    this.createOpts.Volumes = { '/tmp': {} };
    if (ownControlGroups) Object.assign(this.hostConfig, { CgroupnsMode: 'private' });
    if (mapsUsers) this.hostConfig.UsernsMode = 'host';
  }

  /** Takes hold of its input between its making and its start, so that there is no moment in which it has no owner. */
  protected override async containerCreated(id: string): Promise<void> {
    await this.#engine.docker.getContainer(id).attach({ stream: true, stdin: true, hijack: true });
  }
}
