import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { realClock } from '../../harness/clock/index.ts';
import { countingSink } from '../../harness/ledger/index.ts';
import {
  createRunContext,
  createWorld,
  type RunContext,
  type World,
  type WorldSpec,
} from '../../harness/world/index.ts';
import { hasSquid } from '../proxy/stage.ts';
import { finished, noNamespace, temporaryDirectory } from './stand-ins.ts';

const build = (run: RunContext, spec: WorldSpec): Promise<World> =>
  createWorld({ spec, case: 'world/test', clock: realClock(), sink: countingSink(), run, inProcess: false });

/** What a subject inside the world's namespace gets through the proxy: the status of its answer and of its CONNECT. */
async function curl(world: World, url: string): Promise<string> {
  const proxy = ['--proxy', world.proxy.url, '--noproxy', ''];
  const args = ['-sS', '-k', '--max-time', '5', '-o', '/dev/null', '-w', '%{http_code} %{http_connect}', ...proxy, url];
  const { out } = await finished(await world.host.spawn('curl', args, { log: false }));
  return out;
}

describe.skipIf(noNamespace)('from inside a world', () => {
  it.each(['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])] as const)(
    'its proxy of kind %s leads to no other world and nowhere on this machine',
    async (kind) => {
      await using undo = new AsyncDisposableStack();
      let knocks = 0;
      const bystander = createServer((socket) => {
        knocks += 1;
        socket.destroy();
      });
      await new Promise<void>((resolve) => bystander.listen(0, '127.0.0.1', resolve));
      undo.defer(() => void bystander.close());
      const { dir } = undo.use(await temporaryDirectory());
      const run = undo.use(await createRunContext({ root: dir }));
      const world = undo.use(await build(run, { proxy: { kind } }));
      const other = undo.use(await build(run, { proxy: { kind: 'keep-alive' } }));
      const ports = [(bystander.address() as AddressInfo).port, other.gitlab.port, other.proxy.port];
      const before = other.ledger.events.length;
      for (const port of ports) {
        for (const name of ['gitlab.test', 'localhost', '127.0.0.1', '[::1]', '192.0.2.10', '2130706433']) {
          expect(await curl(world, `http://${name}:${port}/`), `http://${name}:${port}`).toBe('403 000');
          expect(await curl(world, `https://${name}:${port}/`), `https://${name}:${port}`).toBe('000 403');
        }
      }
      expect(knocks).toBe(0);
      expect(other.ledger.events.slice(before)).toEqual([]);
      const refused = world.ledger.events.filter((each) => each.kind === 'flag' && / is refused: /.test(each.what));
      expect(refused).toHaveLength(ports.length * 12);
      expect(await curl(world, `http://gitlab.test:${world.gitlab.port}/api/v4/version`)).toBe('404 000');
    },
    60_000,
  );
});
