import { describe, expect, test } from 'vitest';
import { randomNumbers, SEED, SEEDED, sendAll, sideBySide } from '../../fuzz.ts';
import { HANG_MS, HangWatch } from '../../hang-watch.ts';
import { mutate } from '../../mutate.ts';
import { hasSquid } from '../stage.ts';
import { ANSWERS } from './answers.ts';
import { arrange, ask, SOUND } from './arrange.ts';
import { SMUGGLED } from './corpus.ts';
import { fill } from './fill.ts';

/** How long a whole test may take, in milliseconds. */
const LIMIT_MS = 120_000;

describe.each(['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])] as const)(
  'a proxy of kind %s',
  (kind) => {
    test(
      'changed requests lead nowhere but to the origin, each is recorded, and nothing hangs',
      async () => {
        await using arranged = await arrange(kind);
        const { origin, bystander, stage, host } = arranged;
        using watch = new HangWatch();
        const below = randomNumbers(SEED);
        const texts = SMUGGLED.map(({ bytes }) => bytes).filter(({ length }) => length < 5000);
        await sideBySide(async () => {
          const text = texts[below(texts.length)] ?? '';
          const other = below(8) === 0 ? `${below(2) === 0 ? 'gitlab.test' : '127.0.0.1'}:${bystander.port}` : host;
          const changed = mutate(fill(text, { host: other, path: '/a', credentials: stage.basic }), below, texts);
          const bytes = Buffer.from(fill(changed, { host, path: '/b', credentials: stage.basic }), 'latin1');
          await watch.over(
            sendAll(stage.proxy.port, bytes),
            () => `${JSON.stringify(bytes.toString('latin1'))} (${SEEDED})`,
          );
        });
        expect(bystander.heard, SEEDED).toEqual([]);
        const heard = origin.heard.flatMap((text) => text.match(/^[A-Z]+ \S+ HTTP\/1\.[01]\r$/gm) ?? []).length;
        const passed = stage.evidence.proxy().filter(({ status, tunnel }) => status !== undefined || tunnel).length;
        expect(heard).toBeGreaterThan(0);
        expect(heard, SEEDED).toBeLessThanOrEqual(passed);
        expect(watch.longestMs, SEEDED).toBeLessThan(HANG_MS);
        expect(await ask(stage, host, '/')).toBe('200');
      },
      LIMIT_MS,
    );

    test(
      'changed answers reach no client as anything but one answer, and nothing hangs',
      async () => {
        await using arranged = await arrange(kind);
        const { origin, stage, host } = arranged;
        using watch = new HangWatch();
        const below = randomNumbers(SEED);
        const sound = origin.answer;
        const answers = new Map<string, string>();
        origin.answer = (text) => Buffer.from(answers.get(/^GET (\S+)/.exec(text)?.[1] ?? '') ?? '', 'latin1');
        let count = 0;
        const seen = new Set<string>();
        await sideBySide(async () => {
          count += 1;
          const path = `/${count}`;
          const answer = mutate(ANSWERS[below(ANSWERS.length)] ?? '', below, ANSWERS);
          answers.set(path, answer);
          await watch.over(
            ask(stage, host, path).then((became) => {
              seen.add(became.replace(/^\d+$/, 'a status'));
              // What is no HTTP is the proxy's to find out, not the client's.
              expect(became, `${JSON.stringify(answer)} (${SEEDED})`).toMatch(SOUND);
            }),
            () => `${JSON.stringify(answer)} (${SEEDED})`,
          );
        });
        expect(seen).toContain('a status');
        expect(watch.longestMs, SEEDED).toBeLessThan(HANG_MS);
        origin.answer = sound;
        expect(await ask(stage, host, '/')).toBe('200');
      },
      LIMIT_MS,
    );
  },
);
