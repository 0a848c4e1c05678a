import type { Addition } from './_addition.ts';

const PORTAL = `import { z } from 'zod';
import { declared } from '../scheduler/declared.ts';
import type { ProxyFault } from '../scheduler/fault.ts';
import type { RequestVerdict } from '../scheduler/moments.ts';

/** Sends whoever comes to a page where a person would log in. */
export class Portal implements ProxyFault {
  static readonly supports = ['basic', 'keep-alive'] as const;
  static readonly schema = declared('portal', { page: z.url() });
  readonly spec: z.infer<typeof Portal.schema>;
  readonly acts = 'answers';
  readonly moments = ['request'] as const;

  constructor(spec: z.infer<typeof Portal.schema>) {
    this.spec = spec;
  }

  explain(): string {
    return \`Sends every request to \${this.spec.page}.\`;
  }

  request(): RequestVerdict {
    return { answer: { status: 302, headers: [['Location', this.spec.page]] } };
  }
}
`;

/** A proxy fault: a file, and its line in the index. */
export const fault: Addition = {
  files: { 'harness/proxy/faults/portal.ts': PORTAL },
  edits: [
    {
      file: 'harness/proxy/faults/index.ts',
      from: 'export { Refuse }',
      to: "export { Portal } from './portal.ts';\nexport { Refuse }",
    },
  ],
};
