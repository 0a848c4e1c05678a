import { describe, expect, test } from 'vitest';
import { HangWatch } from '../../hang-watch.ts';
import { hasSquid } from '../stage.ts';
import { ANSWERS } from './answers.ts';
import { arrange, ask, SOUND } from './arrange.ts';

describe.each(['basic', 'keep-alive', ...(hasSquid ? (['squid'] as const) : [])] as const)(
  'a proxy of kind %s',
  (kind) => {
    test('makes one answer of whatever an origin says, or cuts the connection, within a second', async () => {
      await using arranged = await arrange(kind);
      const { origin, stage, host } = arranged;
      using watch = new HangWatch();
      for (const answer of ANSWERS) {
        origin.answer = () => Buffer.from(answer, 'latin1');
        const asked = ask(stage, host, '/').then((became) => expect(became, JSON.stringify(answer)).toMatch(SOUND));
        await watch.over(asked, () => JSON.stringify(answer));
      }
    });
  },
);
