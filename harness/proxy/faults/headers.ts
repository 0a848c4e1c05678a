import { z } from 'zod';
import type { Header } from '../../ledger/index.ts';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { RequestVerdict, StruckRequest, StruckResponse } from '../scheduler/moments.ts';

/** Removes or rewrites named headers of requests or responses. */
export class Headers implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('headers', {
    of: z.enum(['request', 'response']),
    strip: z.array(z.string()).readonly().optional(),
    rewrite: z.record(z.string(), z.string()).readonly().optional(),
  });
  readonly spec: z.infer<typeof Headers.schema>;
  readonly acts = 'changes';
  readonly moments;
  readonly #strip: ReadonlySet<string>;
  readonly #rewrite: ReadonlyMap<string, string>;

  constructor(spec: z.infer<typeof Headers.schema>) {
    this.spec = spec;
    this.moments = [spec.of] as const;
    this.#strip = new Set(spec.strip?.map((name) => name.toLowerCase()));
    this.#rewrite = new Map(Object.entries(spec.rewrite ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  }

  explain(): string {
    const done = [
      ...[...this.#strip].map((name) => `removes ${name}`),
      ...[...this.#rewrite].map(([name, value]) => `sets ${name} to "${value}"`),
    ];
    return `Of each ${this.spec.of}, it ${done.join(', ') || 'leaves the headers as they are'}.`;
  }

  request(request: StruckRequest): RequestVerdict | undefined {
    return this.#changed(request.headers());
  }

  response({ headers }: StruckResponse): { headers: readonly Header[] } | undefined {
    return this.#changed(headers);
  }

  #changed(headers: readonly Header[]): { headers: readonly Header[] } | undefined {
    const [strip, rewrite] = [this.#strip, this.#rewrite];
    if (!headers.some(([name]) => strip.has(name.toLowerCase()) || rewrite.has(name.toLowerCase()))) return undefined;
    const kept = headers.filter(([name]) => !strip.has(name.toLowerCase()));
    return { headers: kept.map(([name, value]) => [name, rewrite.get(name.toLowerCase()) ?? value]) };
  }
}
