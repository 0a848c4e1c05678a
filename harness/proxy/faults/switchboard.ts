import type { Ledger } from '../../ledger/index.ts';
import type { Connection } from '../gate/connection.ts';
import type { FaultHandle } from '../handle.ts';
import type { Fault, FaultMoment } from '../spec.ts';

type Kind = Fault['fault'];
type OfKind<K extends Kind> = Fault extends infer F
  ? F extends { fault: infer N }
    ? K extends N
      ? F
      : never
    : never
  : never;

/** A fault that is switched on. */
export interface ActiveFault<K extends Kind = Kind> {
  readonly fault: OfKind<K>;
  readonly hanging: Set<Connection>;
}

/** The ways to end what a fault strikes. */
export type EndingKind = 'hang' | 'reset' | 'close';

type Listener = (active: ActiveFault, state: 'on' | 'off') => void;

/** Knows which faults are on, and records each switch and each strike. */
export class Switchboard {
  #active: ActiveFault[] = [];
  readonly #listeners = new Set<Listener>();
  readonly #ledger: Ledger;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Whether any fault is on: nothing else is looked at when none is. */
  get any(): boolean {
    return this.#active.length > 0;
  }

  /** Switches a fault on. What still hangs because of it is reset when it is switched off. */
  inject(fault: Fault): FaultHandle {
    const active: ActiveFault = { fault, hanging: new Set() };
    this.#active = [...this.#active, active];
    this.#record(active, 'on', JSON.stringify({ ...fault, fault: undefined }));
    this.#tell(active, 'on');
    const off = (): void => {
      if (!this.#active.includes(active)) return;
      this.#active = this.#active.filter((each) => each !== active);
      this.#record(active, 'off');
      this.#tell(active, 'off');
      for (const connection of active.hanging) connection.cut('reset');
      active.hanging.clear();
    };
    return { off, [Symbol.dispose]: off };
  }

  anyOf(matches: (active: ActiveFault) => boolean): boolean {
    return this.#active.some(matches);
  }

  /** The faults of one kind that are on, oldest first. */
  of<K extends Kind>(kind: K): readonly ActiveFault<K>[] {
    return this.#active.filter((each): each is ActiveFault<K> => each.fault.fault === kind);
  }

  /** Those that end something at a moment. */
  ending(when: Extract<FaultMoment, string>): readonly ActiveFault<EndingKind>[] {
    return this.endings().filter(({ fault }) => fault.when === when);
  }

  endings(): readonly ActiveFault<EndingKind>[] {
    return this.#active.filter((each): each is ActiveFault<EndingKind> =>
      ['hang', 'reset', 'close'].includes(each.fault.fault),
    );
  }

  struck(active: ActiveFault, detail: string): void {
    this.#record(active, 'struck', detail);
  }

  /** Does to a connection whose client waits for an answer what the fault says. */
  end(active: ActiveFault<EndingKind>, connection: Connection, detail: string): void {
    this.struck(active, detail);
    if (active.fault.fault !== 'hang') {
      connection.cut(active.fault.fault);
      return;
    }
    this.hang(active, connection);
    connection.keepWaiting();
  }

  hang(active: ActiveFault, connection: Connection): void {
    active.hanging.add(connection);
    connection.raw.once('close', () => active.hanging.delete(connection));
    connection.hang();
  }

  /** Calls back whenever a fault is switched on or off. */
  watch(listener: Listener): void {
    this.#listeners.add(listener);
  }

  #tell(active: ActiveFault, state: 'on' | 'off'): void {
    for (const listener of this.#listeners) listener(active, state);
  }

  #record(active: ActiveFault, state: 'on' | 'off' | 'struck', detail?: string): void {
    this.#ledger.record('proxy', {
      kind: 'fault',
      name: active.fault.fault,
      state,
      ...(detail && detail !== '{}' ? { detail } : {}),
    });
  }
}
