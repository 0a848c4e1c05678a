import type { ProxyKind } from '../kind.ts';
import type { FaultClass } from './fault.ts';

/** Why a proxy of a kind cannot do what others can. */
const LIMITS: Readonly<Record<ProxyKind, string>> = {
  basic: 'proxy-chain itself decides who is let in and what becomes of a request',
  'keep-alive': 'A proxy of kind keep-alive works in its own way',
  squid: 'Squid is the real one and does only what its configuration can make it do',
};

/** Undefined when a proxy of this kind can misbehave so; otherwise why not and what to do, as a sentence. */
export function cannot({ supports }: FaultClass, kind: ProxyKind): string | undefined {
  if (supports.includes('socket') || supports.includes(kind)) return undefined;
  return `${LIMITS[kind]}: declare a proxy of kind ${supports.join(' or ')} for this.`;
}
