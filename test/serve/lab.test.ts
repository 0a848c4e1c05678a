import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openDoors, replay } from '../../harness/serve/index.ts';
import { startLab } from './_lab.ts';

/** Another address of loopback, which every Linux has. */
const ELSEWHERE = '127.0.0.2';

describe('a lab', () => {
  it('does the steps of a case again, in order, and a fault that is switched off is the one that was switched on', async () => {
    const steps = [
      { at: 0, action: { do: 'fault-on', proxy: 'proxy', fault: { fault: 'refuse' }, id: 7 } },
      { at: 1, action: { do: 'fault-on', proxy: 'proxy', fault: { fault: 'delay', ms: 5 }, id: 8 } },
      { at: 2, action: { do: 'fault-off', id: 7 } },
      { at: 3, action: { do: 'fault-off', id: 99 } },
      { at: 4, action: { do: 'plan', preset: 'hangs' } },
    ] as const;
    await using up = await startLab({ world: { proxy: { kind: 'keep-alive' }, gitlab: {} }, steps });
    const said: string[] = [];
    await replay(up.lab, new AbortController().signal, (line) => said.push(line));
    expect(up.lab.faults.all).toMatchObject([{ name: 'delay' }]);
    expect(up.lab.state(0).plan).toBe('hangs');
    expect(said).toHaveLength(5);
    expect(said[3]).toContain('could not be done');
  });

  it('lets others in at an address of its own, by the ports of its proxies', async () => {
    await using up = await startLab();
    const { port } = up.lab.world.proxy;
    await expect(reach(ELSEWHERE, port)).rejects.toThrow('ECONNREFUSED');
    {
      await using _doors = await openDoors(up.lab.world, ELSEWHERE);
      expect(await reach(ELSEWHERE, port)).toContain('407');
      await expect(openDoors(up.lab.world, ELSEWHERE)).rejects.toThrow('cannot listen');
    }
    await expect(reach(ELSEWHERE, port)).rejects.toThrow('ECONNREFUSED');
    await expect(openDoors(up.lab.world, '192.0.2.99')).rejects.toThrow('Give an address that this machine has');
  });

  it('knows the connections that are open, and what was asked by them last', async () => {
    await using up = await startLab();
    const { port } = up.lab.world.proxy;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write('GET http://gitlab.test/ HTTP/1.1\r\nHost: gitlab.test\r\n\r\n');
    await once(socket, 'data');
    expect(up.lab.state(0).connections).toMatchObject([{ peer: 'proxy', asks: 'GET http://gitlab.test/' }]);
    socket.destroy();
    await up.lab.world.until('the end of the connection', () => up.lab.state(0).connections.length === 0, 5000);
  });

  it('without a proxy gives the way to GitLab alone', async () => {
    await using up = await startLab({ world: { gitlab: {} }, steps: [] });
    expect(up.lab.given.proxyUrl).toBeUndefined();
    expect(up.lab.given.gitlabUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(up.lab.state(0).pastes.map(({ title }) => title)).toEqual(['A shell', '/etc/gitlab-runner/config.toml']);
  });

  it('says what a proxy takes that answers to no Basic', async () => {
    await using up = await startLab({
      world: { proxy: { kind: 'keep-alive', auth: { scheme: 'ntlm', user: 'svc', password: 'p' } }, gitlab: {} },
      steps: [],
    });
    const [shell, ...files] = up.lab.state(0).pastes;
    expect(shell?.text).toContain('curl --proxy-ntlm ');
    const services = files.filter(({ title }) => title.startsWith('/etc/'));
    expect(services).toHaveLength(3);
    for (const { text } of services) expect(text).toMatch(/^# This proxy asks for ntlm, .* put cntlm before it/);
  });

  it('gives the certificates of those that speak TLS', async () => {
    await using up = await startLab({
      world: { proxy: { kind: 'keep-alive', tls: true, intercepts: {} }, gitlab: { tls: true } },
      steps: [],
    });
    const pastes = up.lab.state(0).pastes.filter(({ text }) => text.includes('BEGIN CERTIFICATE'));
    expect(pastes.map(({ title }) => title)).toEqual([
      'The CA of gitlab.test',
      'The CA of the proxy',
      'The CA of the proxy, which opens TLS',
    ]);
    expect(up.lab.given.proxyUrl).toMatch(/^https:/);
  });
});

/** What a proxy says to a request without credentials. */
async function reach(host: string, port: number): Promise<string> {
  const socket = connect(port, host);
  try {
    await once(socket, 'connect');
    socket.write('GET http://gitlab.test/ HTTP/1.1\r\nHost: gitlab.test\r\n\r\n');
    const [data] = (await once(socket, 'data')) as [Buffer];
    return data.toString('latin1');
  } finally {
    socket.destroy();
  }
}
