import type { Axis, AxisValues, Need } from '../../conformance/authoring.ts';
import type { InterceptsSpec, ProxySpec } from '../../proxy/spec.ts';

/** Who opens TLS: the proxy of kind basic, or the real squid with ssl_bump. */
export const interceptorAxis = { values: ['own', 'squid'], default: 'own' } as const satisfies Axis;

/** Whether the interceptor sends its CA's certificate behind the host's. */
export const chainAxis = { values: ['with-root', 'without-root'], default: 'with-root' } as const satisfies Axis;

/** In how many of {@link interceptorAxis} and {@link chainAxis} a case differs from the usual: one difference at a time tells enough. */
export const interceptionDiffers = (axes: AxisValues): number =>
  [axes['interceptor'] !== interceptorAxis.default, axes['chain'] !== chainAxis.default].filter(Boolean).length;

/** The proxy of a case, by {@link interceptorAxis} and {@link chainAxis}. @param opens to which hosts; to all by default */
export function interceptorOf(axes: AxisValues, opens: InterceptsSpec['opens'] = 'everything'): ProxySpec {
  const chain = axes['chain'] === 'without-root' ? 'without-root' : 'with-root';
  return { kind: axes['interceptor'] === 'squid' ? 'squid' : 'basic', intercepts: { opens, chain } };
}

/** What the machine must have for the interceptor of a case. */
export const interceptorNeeds = ({ interceptor }: AxisValues, ...others: Need[]): readonly Need[] =>
  interceptor === 'squid' ? ['squid-openssl', ...others] : others;
