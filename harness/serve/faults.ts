import { z } from 'zod';
import { type Fault, type FaultHandle, type FaultName, faultSchemas, supportersOf } from '../proxy/index.ts';
import type { FaultKind, FaultView } from './protocol.ts';
import { type LabProxies, proxyIn } from './proxies.ts';

/** The faults of a lab's proxies, those that can be and those that are on. */
export class LabFaults {
  readonly #proxies: LabProxies;
  readonly #on = new Map<
    number,
    { readonly proxy: FaultView['proxy']; readonly fault: Fault; readonly handle: FaultHandle }
  >();
  #next = 1;

  constructor(proxies: LabProxies) {
    this.#proxies = proxies;
  }

  /** What could go wrong here: the kinds that the lab's proxies can have, with the form of their declarations. */
  kinds(): readonly FaultKind[] {
    return [...faultSchemas].flatMap(([name, schema]) => {
      const proxies = [...this.#proxies].flatMap(([key, { kind }]) =>
        supportersOf(name as FaultName).some((each) => each === 'socket' || each === kind) ? [key] : [],
      );
      return proxies.length === 0 ? [] : [{ name, proxies, schema: z.toJSONSchema(schema) as FaultKind['schema'] }];
    });
  }

  /** @throws RangeError when there is no such proxy, Error when the fault makes no sense or the proxy cannot have it */
  on(proxy: FaultView['proxy'], fault: Fault): number {
    const handle = proxyIn(this.#proxies, proxy).inject(fault);
    const id = this.#next++;
    this.#on.set(id, { proxy, fault, handle });
    return id;
  }

  /** @throws RangeError when no such fault is on */
  off(id: number): void {
    const found = this.#on.get(id);
    if (!found) throw new RangeError(`No fault ${id} is on.`);
    found.handle.off();
    this.#on.delete(id);
  }

  get all(): readonly FaultView[] {
    return [...this.#on].map(([id, { proxy, fault, handle }]) => ({
      id,
      proxy,
      name: fault.fault,
      does: handle.explain(),
      fault,
      struck: handle.struck.length,
    }));
  }
}
