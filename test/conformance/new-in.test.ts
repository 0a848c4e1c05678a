import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { isNewIn, profileNames, type Requirement, requirements } from '../../harness/conformance/index.ts';
import { firstProfile, rateLimitRules, under } from '../../harness/profile/index.ts';

const sentence: Requirement = {
  id: 'family/one',
  level: { '14.10': 'C', '18.3': 'R' },
  heading: { '14.10': 'Here', '18.11': 'There' },
  holds: { '14.10': 'It is so.', '17.5': 'It is otherwise.' },
};
const newOf = (requirement: Requirement) => profileNames.filter((name) => isNewIn(name, requirement));

describe('what a profile asks that the one before it does not', () => {
  it('is everything in the first', () => {
    expect(requirements.every((each) => isNewIn(firstProfile, each))).toBe(true);
  });

  it('is another level or another sentence, and not another heading', () => {
    expect(newOf(sentence)).toEqual(['14.10', '17.5', '18.3']);
  });

  it('is what rests on other rules for rate-limited requests', () => {
    expect(newOf({ ...sentence, id: 'rate-limit/one', level: { '14.10': 'R' }, holds: { '14.10': '' } })).toEqual([
      '14.10',
      '18.3',
    ]);
  });
});

describe('the oldest and the newest profile', () => {
  const newest = profileNames.at(-1) ?? firstProfile;

  it.each(profileNames)('ask between them what %s asks', (name) => {
    const asks = (profile: typeof name, { level, holds }: Requirement): string =>
      `${under(profile, level)}: ${under(profile, holds)}`;
    const alone = requirements.filter(
      (each) => ![firstProfile, newest].some((end) => asks(end, each) === asks(name, each)),
    );
    expect(alone.map(({ id }) => id)).toEqual([]);
    expect([firstProfile, newest].map(rateLimitRules)).toContain(rateLimitRules(name));
  });

  it('are the ones that CI runs the whole suite under', async () => {
    expect(await readFile(new URL('../../.ci/run', import.meta.url), 'utf8')).toContain(
      `for profile in ${firstProfile} ${newest}; do`,
    );
  });
});
