import { expect, it } from 'vitest';
import { AskedOfProfile } from '../../harness/conformance/asked-of-profile.ts';
import { profileNames, rateLimitRules } from '../../harness/profile/index.ts';

it('what asks nothing of the profile goes for every one', () => {
  const asked = new AskedOfProfile('17.5');
  expect(asked.context({ axes: { a: 'b' } }).axes).toEqual({ a: 'b' });
  expect(asked.goesFor()).toEqual(profileNames);
});

it('what asks for the rules of rate limits goes where they are the same', () => {
  const asked = new AskedOfProfile('17.5');
  expect(asked.tellOn({}).rateLimit).toEqual(rateLimitRules('17.5'));
  expect(asked.goesFor()).toEqual(['14.10', '17.5']);
});

it('what asks for the name of the profile goes for that one alone, whatever it asks besides', () => {
  const asked = new AskedOfProfile('18.3');
  const { profile, rateLimit } = asked.tellOn({});
  expect([profile, rateLimit]).toEqual(['18.3', rateLimitRules('18.3')]);
  expect(asked.goesFor()).toEqual(['18.3']);
});

it('a copy of what it tells on counts as asked: nobody knows what is done with it', () => {
  const asked = new AskedOfProfile('18.3');
  expect({ ...asked.tellOn({ axes: {} }) }.profile).toBe('18.3');
  expect(asked.goesFor()).toEqual(['18.3']);
});
