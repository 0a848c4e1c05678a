import { type ProfileName, profileNames } from '../../harness/profile/index.ts';
import { type CoveredPage, coveredBy, isIn, tagOf } from './coverage.ts';
import { type Sentence, sentencesOf } from './sentences.ts';

/** The repository of the pages. */
interface Repository {
  tags(): readonly string[];
  show(tag: string, path: string): string | undefined;
}

/**
 * Holds the list of covered sentences against the pages of every profile.
 * @returns what is wrong, one sentence each: a sentence that nothing accounts for, or an entry whose words a page does not have
 */
export function checkCoverage(pages: readonly CoveredPage[], repository: Repository): readonly string[] {
  const tags = repository.tags();
  return pages.flatMap((page) =>
    profileNames
      .filter((profile) => isIn(profile, page))
      .flatMap((profile) => {
        const tag = tagOf(profile, tags);
        if (tag === undefined) return [`There is no tag for profile ${profile}.`];
        const text = page.paths.map((path) => repository.show(tag, path)).find((each) => each !== undefined);
        if (text === undefined) return [`${page.paths[0]} is not there at ${tag}.`];
        return wrongIn(page, profile, sentencesOf(text)).map((each) => `${page.paths[0]} at ${tag}: ${each}`);
      }),
  );
}

/** What is wrong with a page of one profile. */
export function wrongIn(page: CoveredPage, profile: ProfileName, sentences: readonly Sentence[]): readonly string[] {
  const all = page.sections.flatMap((section) => section.sentences);
  const seen = sentences.map((sentence) => ({ sentence, found: coveredBy(sentence, page.sections) }));
  const found = new Set(seen.flatMap((each) => each.found));
  const unaccounted = seen.filter(
    ({ sentence, found }) => page.whole && sentence.kind === 'text' && !found.some((each) => isIn(profile, each)),
  );
  return [
    ...unaccounted.map(({ sentence }) => `nothing accounts for “${sentence.text}” below “${sentence.heading}”`),
    ...all.filter((each) => isIn(profile, each) && !found.has(each)).map(({ says }) => `there is no “${says}”`),
    ...all
      .filter((each) => !isIn(profile, each) && found.has(each))
      .map(({ says }) => `“${says}” is there already, or still`),
  ];
}
