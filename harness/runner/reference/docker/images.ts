import type Docker from 'dockerode';
import type { DockerExecutorConfig } from '../../subject.ts';
import { JobFailure } from '../job/failure.ts';
import type { DockerPolicy } from '../policies/docker-policy.ts';
import { daemonMessage } from './daemon-error.ts';
import { knownLogins, type LoginSources } from './registry-login.ts';

/** An image that is there. */
export interface LocalImage {
  readonly id: string;
  /** The TCP ports that it exposes, in order. */
  readonly ports: readonly number[];
}

/** How images are got. */
export interface ImageOptions {
  readonly docker: Docker;
  readonly policy: NonNullable<DockerExecutorConfig['pullPolicy']>;
  readonly logins: () => Promise<LoginSources>;
  readonly loginFor: DockerPolicy['loginFor'];
  readonly explains: DockerPolicy['explains'];
  readonly print: (line: string) => void;
  readonly signal: AbortSignal;
  /** Told before an image is pulled. */
  readonly pulling?: (reference: string) => Promise<void>;
}

/** Gets the images of one job, each of them once. */
export class Images {
  readonly #options: ImageOptions;
  readonly #known = new Map<string, Promise<LocalImage>>();

  constructor(options: ImageOptions) {
    this.#options = options;
  }

  /**
   * The image of that name, pulled if the policy wants it.
   * @throws JobFailure that says what the engine said
   */
  get(reference: string): Promise<LocalImage> {
    const known = this.#known.get(reference) ?? this.#get(reference);
    this.#known.set(reference, known);
    return known;
  }

  async #get(reference: string): Promise<LocalImage> {
    const { policy, print, explains } = this.#options;
    try {
      const local = policy === 'always' ? undefined : await this.#inspect(reference).catch((error) => error);
      if (local instanceof Error && policy === 'never') throw local;
      if (local && !(local instanceof Error)) return local;
      await this.#pull(reference);
      const pulled = await this.#inspect(reference);
      print(`Using docker image ${pulled.id} for ${reference} ...`);
      return pulled;
    } catch (error) {
      const said = explains(daemonMessage(error));
      print(`WARNING: Failed to pull image with policy "${policy}": ${said}`);
      throw new JobFailure(
        `failed to pull image "${reference}" with specified policies [${policy}]: ${said}`,
        'image_pull_failure',
      );
    }
  }

  async #inspect(reference: string): Promise<LocalImage> {
    const { Id, Config } = await this.#options.docker.getImage(reference).inspect();
    const ports = Object.keys(Config.ExposedPorts ?? {}).flatMap((each) => {
      const [port, protocol = 'tcp'] = each.split('/');
      return protocol === 'tcp' ? [Number(port)] : [];
    });
    return { id: Id, ports: ports.sort((a, b) => a - b) };
  }

  async #pull(reference: string): Promise<void> {
    const { docker, print, signal, logins, loginFor, pulling } = this.#options;
    const tagged = /[:@][^/]*$/.test(reference) ? reference : `${reference}:latest`;
    const found = loginFor(reference, knownLogins(await logins()));
    if (found) print(`Authenticating with credentials from ${found.source}`);
    print(`Pulling docker image ${reference} ...`);
    await pulling?.(tagged);
    const stream = await docker.pull(tagged, {
      abortSignal: signal,
      ...(found ? { authconfig: found.login } : {}),
    });
    await new Promise<void>((resolve, reject) => {
      // A failure in the middle of a pull is a line of an answer that ends as it should.
      docker.modem.followProgress(stream, (error, lines: readonly { readonly error?: string }[]) => {
        const reason = error?.message ?? lines.find((each) => each.error !== undefined)?.error;
        if (reason === undefined) resolve();
        else reject(new Error(reason));
      });
    });
  }
}
