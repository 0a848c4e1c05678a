import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Docker from 'dockerode';
import type { DockerExecutorConfig, ServiceConfig } from '../../subject.ts';
import type { JobService } from '../api/job-payload.ts';
import { expand, type Variables } from '../job/environment.ts';
import type { ExecutorContext } from '../job/executor.ts';
import type { ContainerRole, ServiceOrigin } from '../policies/docker-policy.ts';
import { askRegistry } from './ask-registry.ts';
import { type ContainerSurroundings, createContainer, type JobContainer } from './containers.ts';
import { jobIdentity } from './identity.ts';
import { Images } from './images.ts';
import { BUILD_COMMAND, HELPER_COMMAND } from './script.ts';
import {
  type RunningService,
  type ServiceDefinition,
  serviceDefinition,
  serviceLinks,
  startServices,
} from './services.ts';
import { jobVolumes } from './volumes.ts';
import { waitForService } from './wait-for-service.ts';

const WAIT_FOR_SERVICES_S = 30;

/** What one job has in the engine. Disposing removes what is this job's alone. */
export class DockerJob implements AsyncDisposable {
  readonly docker: Docker;
  readonly #context: ExecutorContext;
  readonly #config: DockerExecutorConfig;
  readonly #surroundings: ContainerSurroundings;
  readonly #temporaryVolumes: readonly string[];
  readonly #images: Images;
  readonly #containers: Docker.Container[] = [];
  readonly #reused = new Map<ContainerRole, Docker.Container>();
  #links: readonly string[] = [];

  constructor(context: ExecutorContext, config: DockerExecutorConfig) {
    const { api, job, slot, place, variables, print, signals, host } = context;
    const { docker: policy } = api.behaviour;
    const { values } = variables;
    this.#context = context;
    this.#config = config;
    // What DOCKER_HOST of the harness's own environment says would go before the socket.
    this.docker = new Docker({
      socketPath: config.host.replace(/^unix:\/\//, ''),
      host: undefined,
      protocol: 'http',
    });
    const identity = jobIdentity(api.config, job, slot);
    const fetches = (values.get('GIT_STRATEGY') ?? (job.allow_git_fetch ? 'fetch' : 'clone')) === 'fetch';
    const mounted = { ...config, volumes: policy.volumes(config.volumes ?? []) };
    const volumes = jobVolumes(mounted, identity, place, fetches);
    const home = api.config.env['HOME'] ?? join(host.dir, 'home');
    const perBuild = policy.networkPerBuild(
      config.networkPerBuild ?? /^(1|true)$/i.test(values.get('FF_NETWORK_PER_BUILD') ?? ''),
    );
    this.#temporaryVolumes = volumes.temporary;
    this.#surroundings = {
      docker: this.docker,
      config,
      identity,
      binds: volumes.binds,
      network: perBuild ? identity.network : undefined,
      labels: (usual) => policy.labels(api.config, usual),
    };
    this.#images = new Images({
      docker: this.docker,
      policy: policy.pulls(config.pullPolicy ?? 'always'),
      logins: async () => ({
        variable: values.get('DOCKER_AUTH_CONFIG'),
        home: await readFile(join(home, '.docker', 'config.json'), 'utf8').catch(() => undefined),
        job: job.credentials ?? [],
      }),
      loginFor: policy.loginFor,
      explains: policy.explains,
      print,
      signal: signals.stop,
      ...(policy.asksRegistry ? { pulling: (reference: string) => askRegistry(host, reference) } : {}),
    });
  }

  /**
   * Starts the services and waits for them, and gets the images of the stages.
   * @throws JobFailure when an image cannot be had
   */
  async prepare(): Promise<void> {
    const { job, print, variables } = this.#context;
    const { network, identity } = this.#surroundings;
    print('Preparing the "docker" executor');
    print(`Using Docker executor with image ${this.#imageOf('build')} ...`);
    if (network !== undefined) await this.docker.createNetwork({ Name: network, Labels: identity.labels({}) });
    const define = (each: ServiceConfig | JobService, namedIn: ServiceOrigin): ServiceDefinition =>
      serviceDefinition(
        { ...each, name: expand(each.name, variables.values) },
        namedIn,
        this.#context.api.behaviour.docker.aliases,
      );
    const definitions = [
      ...(this.#config.services ?? []).map((each) => define(each, 'config')),
      ...(job.services ?? []).map((each) => define(each, 'job')),
    ];
    const services = await startServices(definitions, {
      images: this.#images,
      create: (of) => this.#create(of),
      environment: ({ namedIn, variables: own }) => this.#environment('service', own, namedIn),
      name: identity.job,
      print,
    });
    await this.#waitFor(services);
    if (network === undefined) this.#links = await serviceLinks(services);
    for (const role of ['helper', 'build'] as const) await this.#images.get(this.#imageOf(role));
  }

  /** The container for a stage, which is not running: a new one, or that of the stage before. */
  async container(role: 'build' | 'helper'): Promise<Docker.Container> {
    const { helperForEachStage } = this.#context.api.behaviour.docker;
    const known = this.#reused.get(role);
    if (known && !(helperForEachStage && role === 'helper')) return known;
    const { job } = this.#surroundings.identity;
    const kind = role === 'helper' ? 'predefined' : 'build';
    const name = `${job}-${kind}${helperForEachStage ? `-${this.#containers.length}` : ''}`;
    const container = await this.#create({
      role,
      name,
      image: await this.#images.get(this.#imageOf(role)),
      env: this.#environment(role),
      command: role === 'helper' ? HELPER_COMMAND : BUILD_COMMAND,
      entrypoint: this.#entrypointOf(role),
      links: this.#links,
      aliases: ['build', name],
    });
    this.#reused.set(role, container);
    return container;
  }

  /** In place of the image's own. */
  #entrypointOf(role: 'build' | 'helper'): readonly string[] {
    if (role === 'build') return this.#context.job.image?.entrypoint ?? [];
    return this.#context.api.behaviour.docker.keepsHelperEntrypoint ? [] : ['/usr/bin/env'];
  }

  /** What scripts in a container are given. */
  variables(role: ContainerRole, namedIn?: ServiceOrigin): Variables {
    return this.#context.api.behaviour.docker.environment(role, this.#context.variables.values, namedIn);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // The engine ends with the world, and all that is in it.
    if (this.#context.signals.kill.aborted) return;
    const gone = (error: unknown): void => {
      this.#context.log('warning', `Failed to clean up: ${String(error)}`, { job: this.#context.job.id });
    };
    await Promise.all(this.#containers.map((each) => each.remove({ force: true, v: true }).catch(gone)));
    await Promise.all(this.#temporaryVolumes.map((each) => this.docker.getVolume(each).remove().catch(gone)));
    const { network } = this.#surroundings;
    if (network !== undefined) await this.docker.getNetwork(network).remove().catch(gone);
  }

  #imageOf(role: 'build' | 'helper'): string {
    const { job, variables } = this.#context;
    const name = role === 'helper' ? this.#config.helperImage : (job.image?.name ?? this.#config.image);
    return expand(name, variables.values);
  }

  /** What a container gets when it is made. @param own a service's own variables */
  #environment(role: ContainerRole, own: Variables = new Map(), namedIn?: ServiceOrigin): Variables {
    const { api, variables } = this.#context;
    const { open } = variables;
    const meant = [...this.variables(role, namedIn)].filter(([name]) => role !== 'service' || open.has(name));
    return new Map([...Object.entries(api.behaviour.docker.inherited(api.config.env)), ...meant, ...own]);
  }

  async #create(of: JobContainer): Promise<Docker.Container> {
    this.#context.signals.stop.throwIfAborted();
    const container = await createContainer(this.#surroundings, of);
    this.#containers.push(container);
    return container;
  }

  async #waitFor(services: readonly RunningService[]): Promise<void> {
    const { host, signals, print, api } = this.#context;
    const limitSeconds = this.#config.waitForServicesSeconds ?? WAIT_FOR_SERVICES_S;
    if (services.length === 0 || limitSeconds <= 0) return;
    print(`Waiting for services to be up and running (timeout ${limitSeconds} seconds)...`);
    const helper = await this.#images.get(this.#imageOf('helper'));
    const variables = this.variables('helper');
    const proxy = variables.get('http_proxy') ?? variables.get('HTTP_PROXY');
    const probe = {
      clock: host.clock,
      signal: signals.stop,
      helper,
      limitSeconds,
      proxy: api.behaviour.docker.probesBy === 'proxy' ? proxy : undefined,
      print,
    };
    await Promise.all(services.map((each) => waitForService(this.#surroundings, each, probe)));
  }
}
