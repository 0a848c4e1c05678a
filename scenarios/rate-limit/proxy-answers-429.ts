import { blocked, duration, makeLimitedRequest, measured, scenario } from '../../harness/kit/index.ts';

const RESET_IN_SECONDS = 4;
const WATCH_MS = 15_000;

export default scenario({
  id: 'rate-limit/proxy-answers-429',
  asks: 'What does it do on a 429 that the proxy itself makes?',
  explains:
    'The proxy answers the first job request (at=forward), or the CONNECT for it (at=connect), with a 429 of its own and a reset time 4 s ahead. What comes in the next 15 s is measured.',
  axes: { at: { values: ['forward', 'connect'] } },
  abilities: ({ axes }) => (axes['at'] === 'connect' ? ['poll', 'custom-ca'] : ['poll']),
  waits: () => WATCH_MS,
  world: ({ axes }) => ({ proxy: { kind: 'basic' }, gitlab: { tls: axes['at'] === 'connect' } }),
  act: async (stage) => {
    const { world, axes } = stage;
    const at = axes['at'] === 'connect' ? 'connect' : 'forward';
    const resetTime = new Date(Math.ceil(world.clock.now() / 1000 + RESET_IN_SECONDS) * 1000).toUTCString();
    const fault = world.proxy.inject({
      fault: 'answer',
      status: 429,
      on: at,
      headers: [['RateLimit-ResetTime', resetTime]],
    });
    await makeLimitedRequest(stage, async () => {
      await world.waitFor('the first answer of the proxy', (seen) => seen.proxy()[0]?.answered, 60_000);
      fault.off();
      await world.watch(WATCH_MS, `what comes after the proxy's 429 on ${at}`);
    });
  },
  judge: (evidence, { axes }) => {
    const all = evidence.proxy();
    const limited = all.find((each) => each.status === 429);
    const asked = `what it does on a 429 of the proxy's own, on ${axes['at']}`;
    if (!limited) return [blocked("the proxy's 429 is met", 'the subject never asked the proxy')];
    const answered = limited.answered ?? limited.arrived;
    const next = all.filter((each) => each.arrived > answered);
    const first = next[0];
    const answer = first
      ? `${axes['at']}: ${next.length} more in ${duration(WATCH_MS)}, the first after ${duration(first.arrived - answered)}`
      : `${axes['at']}: nothing more in ${duration(WATCH_MS)}`;
    return [measured(asked, answer, limited, first)];
  },
  mutants: [],
});
