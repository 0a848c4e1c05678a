import { findRequirement } from '../../harness/conformance/index.ts';
import { isAtLeast, type ProfileName, profileNames, profileOf, releaseOf } from '../../harness/profile/index.ts';
import type { Sentence } from './sentences.ts';

/** What becomes of a sentence of a page: the scenarios that hold a runner to it, or why there is none. */
export interface Covered {
  /** A few words of it, by which it is found. */
  readonly says: string;
  readonly by?: readonly string[];
  /** Scenarios that are to come. One that has come counts as the others do; of the rest the page says that they are missing. */
  readonly planned?: readonly string[];
  /** Why no scenario is about it. */
  readonly why?: string;
  /** The first and the last profile whose page has it; all by default. */
  readonly from?: ProfileName;
  readonly until?: ProfileName;
}

/** A part of a page. */
export interface Section {
  /** Its headings: that of the newest page first, then what older ones have instead. */
  readonly headings: readonly [string, ...string[]];
  readonly sentences: readonly Covered[];
}

/** A page, and where it stands in a checkout of gitlab-runner. */
export interface CoveredPage {
  readonly title: string;
  readonly paths: readonly [string, ...string[]];
  readonly sections: readonly Section[];
  /** Whether every sentence of it is accounted for, or only those of the parts that are listed. */
  readonly whole: boolean;
  /** The first profile whose page is held against the list; all by default. */
  readonly from?: ProfileName;
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ');

/** The entries that are about a sentence: by the heading and by words that they quote. */
export function coveredBy(sentence: Sentence, sections: readonly Section[]): readonly Covered[] {
  return sections
    .filter(({ headings }) => headings.some((each) => plain(each) === plain(sentence.heading)))
    .flatMap(({ sentences }) => sentences)
    .filter(({ says }) => plain(sentence.text).includes(plain(says)));
}

/** Whether a profile's page has what an entry is about. */
export function isIn(profile: ProfileName, { from, until }: Pick<Covered, 'from' | 'until'>): boolean {
  const at = profileNames.indexOf(profile);
  return (
    (from === undefined || at >= profileNames.indexOf(from)) &&
    (until === undefined || at <= profileNames.indexOf(until))
  );
}

/** The first tag that a profile is for, of those that there are. @param tags as git lists them */
export function tagOf(profile: ProfileName, tags: readonly string[]): string | undefined {
  const { since, reference } = profileOf(profile);
  const wanted = profile === profileNames[0] ? reference.version : since;
  return tags.find((tag) => tag === `v${wanted}`) ?? tags.find((tag) => isAtLeast(releaseOf(tag), wanted));
}

/** The scenarios that there are. */
export const scenariosOf = ({ by = [], planned = [] }: Covered): readonly string[] => [
  ...by,
  ...planned.filter((id) => findRequirement(id)),
];

/** Why there is none, or what is still to come. */
export function reasonOf({ why, planned = [] }: Covered): string | undefined {
  const missing = planned.filter((id) => !findRequirement(id));
  return missing.length > 0 ? `not covered yet: ${missing.join(', ')}` : why;
}

/** In words: the scenarios, or why there is none. */
export function inWords(entries: readonly Covered[]): string {
  if (entries.length === 0) return 'nothing covers it';
  return entries.map((each) => [scenariosOf(each).join(', '), reasonOf(each)].filter(Boolean).join(': ')).join('; ');
}
