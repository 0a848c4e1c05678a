import type { Clock } from '../../clock/index.ts';
import type { Header, Ledger } from '../../ledger/index.ts';
import type { ClientConnection } from '../gate/client-connection.ts';
import { type ActiveFault, isSpent, type Strike } from './active-fault.ts';
import { createFault, type Fault } from './catalogue.ts';
import { cutWhenIdle } from './cut-when-idle.ts';
import { carryOut, endTunnel, hang } from './endings.ts';
import type { FaultHandle } from './fault-handle.ts';
import { Lineup } from './lineup.ts';
import type {
  AnswerableRequest,
  ConnectVerdict,
  Moment,
  StruckRequest,
  StruckResponse,
  StruckStream,
  WhoContinues,
} from './moments.ts';
import type { StreamOrder } from './stream-guard.ts';
import type { StrickenProxy } from './stricken-proxy.ts';

/**
 * Knows which faults of a proxy are on. At each moment it asks those that act then, carries out what they decide, and
 * counts and records each switch and each strike. Where nothing is on, one look at `any` says so.
 */
export class FaultScheduler {
  readonly #clock: Clock;
  readonly #ledger: Ledger;
  readonly #lineup = new Lineup();
  #proxy: StrickenProxy | undefined;

  constructor({ clock, ledger }: { readonly clock: Clock; readonly ledger: Ledger }) {
    this.#clock = clock;
    this.#ledger = ledger;
  }

  /** Says whose faults these are, before the first is switched on. */
  attach(proxy: StrickenProxy): void {
    this.#proxy = proxy;
  }

  /** Whether any fault is on: nothing else is looked at when none is. */
  get any(): boolean {
    return this.#lineup.any;
  }

  /** Changes whenever another fault may strike. */
  get version(): number {
    return this.#lineup.version;
  }

  /** Whether a fault has not been switched off. */
  isOn(active: ActiveFault): boolean {
    return this.#lineup.has(active);
  }

  /** Whether a fault may strike at a moment. */
  has(moment: Moment): boolean {
    return this.#lineup.at(moment).length > 0;
  }

  /** Whether a fault refuses connections. */
  get refusing(): boolean {
    return this.#lineup.refusing;
  }

  /**
   * Switches a fault on. What still hangs because of it is reset when it is switched off.
   * @throws Error when the declaration makes no sense, or the proxy cannot misbehave so
   */
  inject(spec: Fault): FaultHandle {
    const proxy = this.#proxy;
    if (!proxy) throw new Error('A fault was switched on before its proxy was there.');
    const fault = createFault(spec, proxy);
    const active: ActiveFault = { fault, strikes: [], hanging: new Set() };
    this.#lineup.add(active);
    this.#record(active, 'on', JSON.stringify({ ...spec, fault: undefined }));
    if (fault.refuses) proxy.refuse(this.refusing);
    for (const connection of proxy.connections) this.#struckOpen(active, connection);
    const off = (): void => {
      if (!this.#lineup.remove(active)) return;
      this.#record(active, 'off');
      if (fault.refuses) proxy.refuse(this.refusing);
      for (const connection of active.hanging) connection.cut('reset');
      active.hanging.clear();
    };
    return {
      off,
      struck: active.strikes,
      refuses: fault.refuses ?? false,
      explain: () => fault.explain(),
      [Symbol.dispose]: off,
    };
  }

  /** A client has connected. @returns whether that was the end of it */
  connect(connection: ClientConnection): boolean {
    for (const active of this.#lineup.at('connect')) {
      const verdict = active.fault.connect?.(connection);
      if (verdict && this.#atConnection(active, verdict, connection)) return true;
    }
    return false;
  }

  /** A request waits for `100 Continue`. */
  expect(request: StruckRequest): WhoContinues | undefined {
    for (const active of this.#asked('expect', request.isConnect)) {
      const who = active.fault.expect?.(request);
      if (!who) continue;
      this.#strike(active, targetOf(request.isConnect), request.line);
      return who;
    }
    return undefined;
  }

  /**
   * A request has come in.
   * @param answerable the same, where the proxy can answer it by itself
   * @returns whether it is to go on
   */
  async request(request: StruckRequest, answerable?: AnswerableRequest): Promise<boolean> {
    const { connection, isConnect } = request;
    const done = new Set<ActiveFault>();
    // Asked anew after each: others may be on when a wait is over.
    for (;;) {
      const active = this.#asked('request', isConnect).find((each) => !done.has(each) && isOf(each, request.line));
      if (!active) return true;
      done.add(active);
      const verdict = active.fault.request?.(request);
      if (!verdict) continue;
      this.#strike(active, targetOf(isConnect), verdict.detail ?? request.line);
      if ('waitMs' in verdict) {
        if (!(await connection.wait(verdict.waitMs))) return false;
      } else if ('headers' in verdict) {
        handsOf(active, answerable).replaceHeaders(verdict.headers);
      } else if ('answer' in verdict) {
        handsOf(active, answerable).refuse(verdict.answer);
        return false;
      } else {
        carryOut(verdict, active, connection);
        return false;
      }
    }
  }

  /** The credentials of a request are wrong. @param reason why @returns whether it is to go on all the same */
  credentials(request: StruckRequest, reason: string): boolean {
    const active = this.#asked('credentials', request.isConnect).find(({ fault }) =>
      fault.credentials?.(request, reason),
    );
    if (active) this.#strike(active, targetOf(request.isConnect), request.line);
    return active !== undefined;
  }

  /** A tunnel has been opened. @returns whether that was the end of it */
  opened(request: StruckRequest): boolean {
    const { connection, line } = request;
    for (const active of this.#asked('opened', true)) {
      const verdict = active.fault.opened?.(request);
      if (!verdict) continue;
      this.#strike(active, 'connect', verdict.detail ?? line);
      endTunnel(verdict, active, connection);
      return true;
    }
    return false;
  }

  /** What there is to do with a stream from now on. */
  stream(stream: StruckStream): readonly StreamOrder[] {
    return this.#asked('stream', stream.of === 'tunnel').flatMap((active) => {
      const rule = active.fault.stream?.(stream);
      const strike = (detail: string): void => this.#strike(active, targetOf(stream.of === 'tunnel'), detail);
      return rule ? [{ active, rule, strike }] : [];
    });
  }

  /** The headers of an answer as the faults leave them: the very same when they leave them alone. */
  response(response: StruckResponse): readonly Header[] {
    let { headers } = response;
    for (const active of this.#asked('response', response.isConnect)) {
      const changed = active.fault.response?.({ ...response, headers });
      if (!changed) continue;
      this.#strike(active, targetOf(response.isConnect), changed.detail ?? `the answer to ${response.line}`);
      headers = changed.headers;
    }
    return headers;
  }

  #struckOpen(active: ActiveFault, connection: ClientConnection): void {
    const { fault } = active;
    if (fault.moments.includes('stream')) connection.tunnel?.guard();
    const verdict = fault.moments.includes('open') ? fault.open?.(connection) : undefined;
    if (!verdict) return;
    if ('end' in verdict && verdict.end === 'hang') hang(active, connection);
    else this.#atConnection(active, verdict, connection);
  }

  #atConnection(active: ActiveFault, verdict: ConnectVerdict, connection: ClientConnection): boolean {
    if ('cutWhenIdleMs' in verdict) {
      void cutWhenIdle(this.#clock, connection, verdict.cutWhenIdleMs, {
        isOn: () => this.#lineup.at('connect').includes(active),
        strike: (detail) => this.#strike(active, 'connection', detail),
      });
      return false;
    }
    this.#strike(active, 'connection', verdict.detail ?? `a connection from port ${connection.raw.remotePort ?? 0}`);
    carryOut(verdict, active, connection);
    return true;
  }

  /** Those to ask at a moment about a request to forward, or to CONNECT. */
  #asked(moment: Moment, isConnect: boolean): readonly ActiveFault[] {
    const other = isConnect ? 'forward' : 'connect';
    return this.#lineup.at(moment).filter(({ fault }) => fault.spec.on !== other);
  }

  #strike(active: ActiveFault, target: Strike['target'], detail: string): void {
    active.strikes.push({ atMs: this.#clock.elapsed(), target, detail });
    this.#record(active, 'struck', detail);
    if (isSpent(active)) this.#lineup.sort();
  }

  #record({ fault }: ActiveFault, state: 'on' | 'off' | 'struck', detail?: string): void {
    this.#ledger.record('proxy', {
      kind: 'fault',
      name: fault.spec.fault,
      state,
      ...(state === 'on' ? { does: fault.explain() } : {}),
      ...(detail && detail !== '{}' ? { detail } : {}),
    });
  }
}

const isOf = ({ fault: { spec } }: ActiveFault, line: string): boolean =>
  spec.line === undefined || line.includes(spec.line);

const targetOf = (isConnect: boolean): 'connect' | 'forward' => (isConnect ? 'connect' : 'forward');

function handsOf({ fault }: ActiveFault, answerable: AnswerableRequest | undefined): AnswerableRequest {
  if (answerable) return answerable;
  throw new Error(
    `The fault ${fault.spec.fault} says that it needs a client's connection and nothing else, but it answers requests or changes them: mend what it supports.`,
  );
}
