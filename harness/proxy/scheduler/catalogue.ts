import { z } from 'zod';
import * as faults from '../faults/index.ts';
import type { ProxyKind } from '../kind.ts';
import { cannot } from './cannot.ts';
import type { ProxyFault, Supporter } from './fault.ts';
import type { StrickenProxy } from './stricken-proxy.ts';

type FaultClass = (typeof faults)[keyof typeof faults];
type DeclaredBy<C extends FaultClass> = z.infer<C['schema']>;

/**
 * What a proxy can be made to do wrong, at the moment a scenario says. Every one is recorded when it is switched on and
 * each time it strikes.
 */
export type Fault = DeclaredBy<FaultClass>;
export type FaultName = Fault['fault'];

type IfSupported<C, K extends ProxyKind> = C extends FaultClass
  ? [Extract<C['supports'][number], K | 'socket'>] extends [never]
    ? never
    : DeclaredBy<C>
  : never;

/** The faults that a proxy of one of these kinds can have. */
export type FaultOf<K extends ProxyKind> = IfSupported<FaultClass, K>;

/** Every fault's class, by its name. */
export const FAULTS: ReadonlyMap<string, FaultClass> = new Map(
  Object.values(faults).map((each) => [each.schema.shape.fault.value, each]),
);

/** The form of each fault's declaration, by its name. */
export const faultSchemas: ReadonlyMap<string, z.ZodType> = new Map(
  [...FAULTS].map(([name, { schema }]) => [name, schema]),
);

/** Which proxies support a fault. */
export const supportersOf = (name: FaultName): readonly Supporter[] => FAULTS.get(name)?.supports ?? [];

/**
 * Makes a fault of its declaration.
 * @throws Error when the declaration makes no sense, or the proxy cannot misbehave so
 */
export function createFault(spec: Fault, proxy: StrickenProxy): ProxyFault {
  const fault = FAULTS.get(spec.fault);
  if (!fault) {
    throw new Error(`There is no fault "${spec.fault}". There are: ${[...FAULTS.keys()].toSorted().join(', ')}.`);
  }
  const made = make(fault, spec);
  const reason = cannot(fault, proxy.kind);
  if (reason) throw new Error(`The fault ${spec.fault} cannot be switched on at ${proxy.product}. ${reason}`);
  return made;
}

function make(fault: FaultClass, spec: Fault): ProxyFault {
  const { data, error } = fault.schema.safeParse(spec);
  if (error) throw new Error(`The fault ${spec.fault} is not declared as it must be: ${z.prettifyError(error)}`);
  // Its own schema has parsed it; that the one goes with the other is known for each class, but not for all at once.
  return new (fault as new (declared: typeof data) => ProxyFault)(data);
}
