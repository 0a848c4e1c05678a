import { isDeepStrictEqual } from 'node:util';
import { type ProfileName, profileNames, type RateLimitRules, rateLimitRules } from '../profile/index.ts';
import type { Case } from './cases.ts';
import type { CaseContext, Stage } from './scenario.ts';

/** What a case's world and act are told of the profile. */
type ProfileOfStage = Pick<Stage, 'profile' | 'rateLimit'>;

/**
 * Notes what a case's world and act ask of the profile while they are at work. Most of them ask nothing: then the same would
 * have been recorded under every profile, and a run under another one can be judged from it.
 */
export class AskedOfProfile {
  readonly #own: ProfileName;
  #asked: 'nothing' | 'rate-limit' | 'name' = 'nothing';

  /** @param profile of the case */
  constructor(profile: ProfileName) {
    this.#own = profile;
  }

  /** The context of the case, as its world is given it. */
  context({ axes }: Pick<Case, 'axes'>): CaseContext {
    return this.tellOn({ axes });
  }

  /** The same object, with the profile on it: whoever reads that is noted. */
  tellOn<T extends object>(stage: T): T & ProfileOfStage {
    const own = this.#own;
    return Object.defineProperties(stage, {
      profile: { enumerable: true, get: () => this.#told('name', own) },
      rateLimit: { enumerable: true, get: () => this.#told('rate-limit', rateLimitRules(own)) },
    }) as T & ProfileOfStage;
  }

  /** The profiles under which the same would have been asked of the subject, its own among them; the oldest first. */
  goesFor(): readonly ProfileName[] {
    const rules = rateLimitRules(this.#own);
    return profileNames.filter(
      (other) =>
        other === this.#own ||
        this.#asked === 'nothing' ||
        (this.#asked === 'rate-limit' && isDeepStrictEqual(rateLimitRules(other), rules)),
    );
  }

  #told<V extends ProfileName | RateLimitRules>(what: 'rate-limit' | 'name', value: V): V {
    if (this.#asked !== 'name') this.#asked = what;
    return value;
  }
}
