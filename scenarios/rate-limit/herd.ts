import {
  blocked,
  configFor,
  counted,
  duration,
  measured,
  NO_SECOND_POLL_SECONDS,
  scenario,
} from '../../harness/kit/index.ts';

const RUNNERS = 10;
const RESET_IN_MS = 15_000;
const AFTERWARDS_MS = 10_000;

export default scenario({
  id: 'rate-limit/herd',
  asks: 'When one reset time passes for many runners, how do their requests come?',
  explains:
    'Ten runners poll one GitLab, which answers each one’s first job request with 429 and the same reset time, 15 s ahead. When their next requests arrive, counted from that moment, is measured.',
  abilities: () => ['poll', 'check-interval'],
  waits: () => RESET_IN_MS + AFTERWARDS_MS,
  world: () => ({ gitlab: {} }),
  act: async (stage) => {
    const { world, driver } = stage;
    const resetAt = new Date(Math.ceil((world.clock.now() + RESET_IN_MS) / 1000) * 1000);
    world.gitlab.follow([
      {
        on: 'job',
        times: RUNNERS,
        give: { status: 429, resetTime: { literal: resetAt.toUTCString() }, body: 'empty' },
      },
    ]);
    await using herd = new AsyncDisposableStack();
    for (let i = 0; i < RUNNERS; i++) {
      herd.use(await driver.subject(world.host).run(configFor(stage, { checkInterval: NO_SECOND_POLL_SECONDS })));
    }
    await world.waitFor(
      'every runner to be limited',
      (seen) => seen.gitlab('job').filter((each) => each.status === 429).length >= RUNNERS,
      RESET_IN_MS,
    );
    await world.waitFor(
      'every runner to come again',
      (seen) => seen.gitlab('job').length >= 2 * RUNNERS,
      RESET_IN_MS + AFTERWARDS_MS,
    );
    world.mark('stopping', 'the wave has passed');
  },
  judge: (evidence) => {
    const limited = evidence.gitlab('job').filter((each) => each.status === 429);
    const again = evidence.gitlab('job').filter((each) => each.status !== 429);
    const resetAt = limited[0]?.planned?.resetAt;
    if (limited.length < RUNNERS || resetAt === undefined) {
      return [blocked(`${RUNNERS} runners are limited`, `${limited.length} were`)];
    }
    const offsets = again.map((each) => each.arrived - resetAt).sort((a, b) => a - b);
    const first = offsets[0];
    const last = offsets.at(-1);
    const shape =
      first === undefined || last === undefined
        ? 'none came again'
        : `${counted(offsets.length, 'requests')} from ${duration(first)} to ${duration(last)} after the reset time, half of them by ${duration(offsets[Math.floor(offsets.length / 2)] ?? 0)}`;
    return [measured('the shape of the wave', shape, ...limited, ...again)];
  },
  mutants: [],
});
