import { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { RequestVerdict, StruckRequest } from '../scheduler/moments.ts';
import { refusal } from '../scheduler/refusal.ts';

/** Lets only these through: `CONNECT` to other ports, other methods, or other hosts get 403. */
export class AllowOnly implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('allow-only', {
    connectPorts: z.array(z.int()).readonly().optional(),
    methods: z.array(z.string()).readonly().optional(),
    hosts: z.array(z.string()).readonly().optional(),
  });
  readonly spec: z.infer<typeof AllowOnly.schema>;
  readonly acts = 'refuses';
  readonly moments = ['request'] as const;

  constructor(spec: z.infer<typeof AllowOnly.schema>) {
    this.spec = spec;
  }

  explain(): string {
    const { connectPorts, methods, hosts } = this.spec;
    const allowed = [
      ...(connectPorts ? [`CONNECT to port ${connectPorts.join(' or ')}`] : []),
      ...(methods ? [`the method ${methods.join(' or ')}`] : []),
      ...(hosts ? [`the host ${hosts.join(' or ')}`] : []),
    ];
    return allowed.length > 0 ? `Answers 403 to all but ${allowed.join(', ')}.` : 'Lets everything through.';
  }

  request(request: StruckRequest): RequestVerdict | undefined {
    const why = this.#against(request);
    if (!why) return undefined;
    return {
      answer: refusal(403, `The proxy does not let this through: ${why}.\n`),
      detail: `${request.line}: ${why}`,
    };
  }

  #against({ isConnect, method, authority: { host, port } }: StruckRequest): string | undefined {
    const { connectPorts, methods, hosts } = this.spec;
    if (isConnect && connectPorts && !connectPorts.includes(port)) return `CONNECT to port ${port}`;
    if (!isConnect && methods && !methods.includes(method)) return method;
    if (hosts && !hosts.some((each) => each.toLowerCase() === host)) return `host ${host}`;
    return undefined;
  }
}
