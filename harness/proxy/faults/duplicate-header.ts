import { z } from 'zod';
import type { Header } from '../../ledger/index.ts';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { RequestVerdict, StruckRequest, StruckResponse } from '../scheduler/moments.ts';

/** Says a header twice, as proxies in a row do that each add their own. */
export class DuplicateHeader implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('duplicate-header', {
    of: z.enum(['request', 'response']),
    name: z.string().min(1),
    /** What the second one says; the same as the first by default. */
    value: z.string().optional(),
  });
  readonly spec: z.infer<typeof DuplicateHeader.schema>;
  readonly acts = 'changes';
  readonly moments;

  constructor(spec: z.infer<typeof DuplicateHeader.schema>) {
    this.spec = spec;
    this.moments = [spec.of] as const;
  }

  explain(): string {
    const { of, name, value } = this.spec;
    return `Says ${name} of a ${of} twice${value === undefined ? '' : `, the second time as "${value}"`}.`;
  }

  request(request: StruckRequest): RequestVerdict | undefined {
    return this.#twice(request.headers());
  }

  response({ headers }: StruckResponse): { headers: readonly Header[] } | undefined {
    return this.#twice(headers);
  }

  #twice(headers: readonly Header[]): { headers: readonly Header[] } | undefined {
    const { name, value } = this.spec;
    const first = headers.find(([each]) => each.toLowerCase() === name.toLowerCase());
    return first && { headers: [...headers, [first[0], value ?? first[1]]] };
  }
}
