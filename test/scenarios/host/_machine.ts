import type { HostProbe } from '../../../harness/kit/host/probes.ts';
import type { Header } from '../../../harness/ledger/index.ts';
import { Story } from '../_builder.ts';

/** Where the machine's own requests lead when they go around the proxy. */
const GITLAB = 'gitlab.test:41000';

/** What a machine's services and containers do, written down by hand. */
export class Machine extends Story {
  tries(moment: string, what: HostProbe, works: boolean): this {
    return this.mark(`probe:${moment}:${what}`, works ? 'It works: yes' : 'It fails: no');
  }

  goesAround(detail: string, headers: readonly Header[] = []): this {
    return this.add('subject', {
      kind: 'tripwire',
      from: '10.76.0.2:5000',
      to: GITLAB,
      protocol: 'http',
      detail,
      headers,
    });
  }

  pollsDirectly(): this {
    return this.goesAround('POST /api/v4/jobs/request HTTP/1.1');
  }

  /** The registry takes the manifest of an image. */
  takesImage(via: 'proxy' | 'direct' = 'proxy'): this {
    const exchange = 'r1';
    return this.add('registry', {
      kind: 'request',
      connection: 'rc1',
      exchange,
      via,
      method: 'PUT',
      target: '/v2/group/project/manifests/walked',
      httpVersion: '1.1',
      headers: [],
      requestKind: 'registry',
    }).add('registry', { kind: 'response', exchange, status: 201, reason: '', headers: [], madeBy: 'self' });
  }

  /** A file that was collected on the machine, or what a command printed. */
  collects(path: string, text: string): this {
    return this.mark(`collected:${path.replace(/^\//, '')}`, text);
  }
}
