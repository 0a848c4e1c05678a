import type { Clock } from '../clock/index.ts';
import type { PlanStep } from '../gitlab/index.ts';
import { cntlmUrl, startCntlm } from '../kit/cntlm/cntlm.ts';
import { countingSink, Ledger, Secrets } from '../ledger/index.ts';
import type { Fault, ForwardProxy } from '../proxy/index.ts';
import { createWorld, type RunContext, type World } from '../world/index.ts';
import type { LabAction, LabStep } from './actions.ts';
import { OpenConnections } from './connections.ts';
import { cntlmLacks, type LabDeclaration, madeUpPassword, madeUpUser } from './declaration.ts';
import { LabFaults } from './faults.ts';
import { Findings } from './findings/findings.ts';
import { LabJobs } from './jobs.ts';
import { type Admitted, givenBy, type Handout, pastesFor, proxyAt } from './pastes.ts';
import { planOf, presets } from './presets.ts';
import type { LabState, PeerView, QueuedJobs } from './protocol.ts';
import { type LabProxies, proxyIn } from './proxies.ts';

/** How many events a lab keeps. */
export const KEPT_EVENTS = 50_000;

/** What is done by hand and kept, to be done again. */
const MOST_STEPS = 10_000;

/** What a lab is stood up with. */
export interface LiveLabOptions {
  readonly declaration: LabDeclaration;
  readonly clock: Clock;
  readonly run: RunContext;
  readonly version: string;
  /** The address by which its users reach the peers: of loopback, or one that they listen on besides. */
  readonly address: string;
  /** How many events of the record are kept; `KEPT_EVENTS` by default. */
  readonly keeps?: number;
}

/** What an action has made: the id of a fault, or a job. */
interface Performed {
  readonly fault?: number;
  readonly job?: QueuedJobs['jobs'][number];
}

/** A world that stays up, with its controls. Disposing takes it down. */
export class LiveLab implements AsyncDisposable {
  readonly world: World;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly declaration: LabDeclaration;
  readonly faults: LabFaults;
  readonly jobs: LabJobs;
  readonly #options: LiveLabOptions;
  readonly #connections = new OpenConnections();
  readonly #findings: Findings;
  readonly #proxies: LabProxies;
  readonly #users = new Map<ForwardProxy, Admitted | undefined>();
  readonly #steps: LabStep[] = [];
  readonly #startedAt: string;
  #plan: string | undefined;

  private constructor(options: LiveLabOptions, world: World, ledger: Ledger) {
    this.#options = options;
    this.world = world;
    this.ledger = ledger;
    this.clock = options.clock;
    this.declaration = options.declaration;
    this.#startedAt = new Date(options.clock.now()).toISOString();
    this.#proxies = new Map([
      ...(world.hasProxy ? [['proxy', world.proxy] as const] : []),
      ...(world.spec.standby ? [['standby', world.standby] as const] : []),
    ]);
    for (const each of this.#proxies.values()) this.#users.set(each, each.auth);
    this.faults = new LabFaults(this.#proxies);
    this.jobs = new LabJobs(world.gitlab, ledger);
    this.#plan = options.declaration.rateLimit ?? (world.spec.gitlab?.plan ? 'own' : undefined);
    this.#findings = new Findings(() => ({
      hasProxy: world.hasProxy,
      scheme: world.hasProxy ? world.proxy.auth.scheme : 'none',
      proxyUrl: world.hasProxy ? world.proxy.urlWithoutCredentials : '',
      gitlabUrl: world.gitlab.url,
    }));
  }

  /** @throws Error that says what could not be stood up */
  static async open(options: LiveLabOptions): Promise<LiveLab> {
    const { declaration, clock, run, keeps = KEPT_EVENTS } = options;
    const { world: spec, rateLimit } = declaration;
    const lacks = cntlmLacks(declaration);
    if (lacks !== undefined) throw new Error(lacks);
    const ledger = new Ledger({ case: 'lab', clock, secrets: new Secrets(), sink: countingSink(), keeps });
    const planned = rateLimit === undefined ? spec : { ...spec, gitlab: { ...spec.gitlab, plan: planOf(rateLimit) } };
    const world = await createWorld({ spec: planned, case: 'lab', clock, ledger, run, inProcess: false });
    if (declaration.cntlm) await standCntlm(world);
    const lab = new LiveLab(options, world, ledger);
    for (const event of ledger.events) lab.#take(event);
    ledger.watch((event) => lab.#take(event));
    return lab;
  }

  /** What its users are to be given. */
  get given(): Handout {
    return givenBy(this.world, this.#options.address, this.#admitted);
  }

  /** The same for programs in the namespace of the world, to which peers have names. */
  get givenInside(): Handout {
    const given = givenBy(this.world, undefined, this.#admitted);
    return this.declaration.cntlm ? { ...given, proxyUrl: cntlmUrl(this) } : given;
  }

  /** Whom the proxy lets in now; nobody, where that is nothing. */
  get #admitted(): Admitted | undefined {
    return this.world.hasProxy ? this.#users.get(this.world.proxy) : undefined;
  }

  /** What was done in it by hand, with the moments. */
  get steps(): readonly LabStep[] {
    return this.#steps;
  }

  /** Proxyproof's. */
  get version(): string {
    return this.#options.version;
  }

  get startedAt(): string {
    return this.#startedAt;
  }

  get findings(): readonly LabState['findings'][number][] {
    return this.#findings.all;
  }

  /** @param viewers how many look at it */
  state(viewers: number): LabState {
    return {
      version: this.version,
      startedAt: this.#startedAt,
      now: Math.round(this.clock.elapsed()),
      peers: this.peers,
      pastes: pastesFor(this.given),
      faults: this.faults.all,
      ...(this.#plan === undefined ? {} : { plan: this.#plan }),
      presets,
      jobs: this.jobs.all,
      connections: this.#connections.all,
      findings: this.#findings.all,
      record: {
        kept: this.ledger.events.length,
        limit: this.#options.keeps ?? KEPT_EVENTS,
        dropped: this.ledger.dropped,
      },
      viewers,
    };
  }

  /**
   * Does what somebody asks for, and keeps it as a step of the case.
   * @returns the id of the fault or of the job that it made
   * @throws RangeError when there is nobody to do it to, Error when it makes no sense
   */
  async perform(action: LabAction): Promise<Performed> {
    const made = await this.#do(action);
    const step = { at: Math.round(this.clock.elapsed()), action: kept(action, made.fault) };
    if (this.#steps.length < MOST_STEPS) this.#steps.push(step);
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.world[Symbol.asyncDispose]();
  }

  async #do(action: LabAction): Promise<Performed> {
    const { gitlab } = this.world;
    switch (action.do) {
      case 'fault-on':
        return { fault: this.faults.on(action.proxy, action.fault as Fault) };
      case 'fault-off':
        this.faults.off(action.id);
        return {};
      case 'plan':
        gitlab.follow(
          action.preset === undefined ? ((action.plan ?? []) as readonly PlanStep[]) : planOf(action.preset),
        );
        this.#plan = action.preset ?? (action.plan ? 'own' : undefined);
        return {};
      case 'job':
        return { job: this.jobs.queue(action.job, action.name) };
      case 'cancel':
        this.jobs.cancel(action.job);
        return {};
      case 'credentials':
        await this.#admit(proxyIn(this.#proxies, action.proxy), action.to);
        return {};
      default:
        await proxyIn(this.#proxies, action.proxy)[action.do]();
        return {};
    }
  }

  async #admit(proxy: ForwardProxy, to: Extract<LabAction, { do: 'credentials' }>['to']): Promise<void> {
    if (proxy.auth.scheme === 'none')
      throw new RangeError('This proxy asks for no credentials, so it has none to change.');
    const others =
      to === 'others' ? { user: madeUpUser(), password: madeUpPassword() } : to === 'none' ? undefined : to;
    await proxy.setCredentials(others);
    this.#users.set(proxy, others);
  }

  /** As whoever uses the lab reaches them. */
  get peers(): readonly PeerView[] {
    const { address } = this.#options;
    const { gitlab } = this.world;
    return [
      { name: 'gitlab', product: 'mock GitLab', url: gitlab.url },
      ...[...this.#proxies].map(([name, proxy]) => {
        const user = this.#users.get(proxy)?.user;
        return {
          name,
          product: proxy.product,
          url: proxyAt(proxy, address),
          listening: proxy.listening,
          scheme: proxy.auth.scheme,
          ...(user === undefined || proxy.auth.scheme === 'none' ? {} : { user }),
        };
      }),
      ...(this.declaration.cntlm
        ? [{ name: 'cntlm' as const, product: 'cntlm, in the lab', url: cntlmUrl(this) }]
        : []),
      ...(this.world.spec.registry
        ? [{ name: 'registry' as const, product: 'registry', url: `https://${this.world.registry.address}` }]
        : []),
    ];
  }

  #take(event: Parameters<Findings['take']>[0]): void {
    this.#connections.take(event);
    this.#findings.take(event);
  }
}

/** As the case has it: without passwords, and with the number by which a fault is switched off. */
function kept(action: LabAction, fault: number | undefined): LabAction {
  if (action.do === 'credentials' && typeof action.to === 'object') return { ...action, to: 'others' };
  return action.do === 'fault-on' && fault !== undefined ? { ...action, id: fault } : action;
}

/** What it listens on is gone with the engine. @throws Error that says why it does not start; the world is down again then */
async function standCntlm(world: World): Promise<void> {
  try {
    await startCntlm({ world });
  } catch (error) {
    await world[Symbol.asyncDispose]();
    throw error;
  }
}
