import { describe, expect, it } from 'vitest';
import { planIsolation } from '../../harness/world/plan-isolation.ts';
import type { WorldSpec } from '../../harness/world/spec.ts';

const able = { isolation: 'namespace' } as const;
const unable = { isolation: 'names', isolationReason: 'it takes root' } as const;
const behind: WorldSpec = { proxy: { kind: 'basic' } };

describe('the plan of a world', () => {
  it('puts a real subject into a namespace, where the names are private', () => {
    expect(planIsolation(behind, false, able)).toEqual({
      isolation: 'namespace',
      namespace: true,
      direct: 'tripwire',
      gitlabHost: 'gitlab.test',
      proxyHost: 'proxy.test',
    });
    expect(planIsolation({}, false, able)).toMatchObject({ direct: 'gitlab', gitlabHost: 'gitlab.test' });
  });

  it('relies on names that only the proxy resolves where there is no namespace', () => {
    expect(planIsolation(behind, false, unable)).toEqual({
      isolation: 'names',
      namespace: false,
      direct: 'tripwire',
      gitlabHost: 'gitlab.test',
      proxyHost: '127.0.0.1',
    });
    expect(planIsolation({}, false, unable)).toMatchObject({ isolation: 'names', gitlabHost: '127.0.0.1' });
  });

  it('gives a subject in this process the dialer, and its programs the same names', () => {
    expect(planIsolation(behind, true, able)).toMatchObject({ isolation: 'dialer', namespace: false });
    expect(planIsolation(behind, true, unable)).toMatchObject({ proxyHost: 'proxy.test', gitlabHost: 'gitlab.test' });
    const children = { ...behind, children: true };
    expect(planIsolation(children, true, able)).toMatchObject({
      isolation: 'dialer',
      namespace: true,
      proxyHost: 'proxy.test',
    });
    expect(planIsolation(children, true, unable)).toMatchObject({ namespace: false, proxyHost: '127.0.0.1' });
    expect(planIsolation({ children: true }, true, unable)).toMatchObject({ gitlabHost: '127.0.0.1' });
  });

  it('says so when GitLab must be reachable around the proxy and cannot be', () => {
    const around: WorldSpec = { ...behind, direct: 'gitlab' };
    expect(planIsolation(around, false, able)).toMatchObject({ direct: 'gitlab', namespace: true });
    expect(planIsolation(around, true, unable)).toMatchObject({ direct: 'gitlab', isolation: 'dialer' });
    expect(() => planIsolation(around, false, unable)).toThrow(/takes a network namespace.*it takes root.*Run as root/);
    expect(() => planIsolation({ ...around, children: true }, true, unable)).toThrow(/network namespace/);
  });
});
