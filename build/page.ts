import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { changesBetween } from './page/changes.ts';
import { checkCoverage } from './page/check.ts';
import { coveredPages } from './page/pages/index.ts';
import { changesInWords } from './page/report.ts';

/**
 * `npm run page`: what changed in the pages that requirements are cited from, sentence by sentence, and which requirement covers each.
 *
 *     npm run page -- OLD.md NEW.md                     two versions of a page
 *     npm run page -- --checkout DIR TAG1 TAG2          the pages of a checkout of gitlab-runner, at two tags
 *     npm run page -- --checkout DIR                    whether docs/coverage.md accounts for every sentence of every profile's pages
 */
const { values, positionals } = parseArgs({ options: { checkout: { type: 'string' } }, allowPositionals: true });
const [older, newer] = positionals;

if (values.checkout !== undefined && older === undefined) {
  const wrong = checkCoverage(coveredPages, gitIn(values.checkout));
  for (const each of wrong) console.error(each);
  if (wrong.length > 0) process.exitCode = 1;
  else console.log('Every sentence is accounted for.');
} else if (older === undefined || newer === undefined || positionals.length > 2) {
  console.error('Say which two versions: npm run page -- OLD.md NEW.md, or npm run page -- --checkout DIR TAG1 TAG2.');
  process.exitCode = 2;
} else if (values.checkout === undefined) {
  console.log(
    changesInWords(
      newer,
      changesBetween(read(older), read(newer)),
      coveredPages.flatMap((each) => each.sections),
    ),
  );
} else {
  const { show } = gitIn(values.checkout);
  for (const { paths, sections } of coveredPages) {
    const [was, is] = [older, newer].map((tag) =>
      paths.map((path) => show(tag, path)).find((each) => each !== undefined),
    );
    const changes = changesBetween(was ?? '', is ?? '');
    console.log(changesInWords(paths[0], changes, sections));
  }
}

function read(file: string): string {
  return readFileSync(file, 'utf8');
}

/** Reads a repository, a bare one too. */
function gitIn(directory: string) {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', directory, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 2 ** 20,
    });
  return {
    tags: (): readonly string[] => git('tag', '--list', 'v*', '--sort=version:refname').trim().split('\n'),
    /** A file at a tag; undefined where it is not there. @throws Error when there is no such tag */
    show: (tag: string, path: string): string | undefined => {
      if (git('tag', '--list', tag).trim() === '') throw new Error(`${directory} has no tag ${tag}. Fetch its tags.`);
      try {
        return git('show', `${tag}:${path}`);
      } catch {
        return undefined;
      }
    },
  };
}
