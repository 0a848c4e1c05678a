import { type Diagnosis, type Reach, reachOf } from '../../diagnosis/index.ts';
import type { Mask } from './mask.ts';

/** As much of a line as says what it is. */
const MOST = 160;

/** That nothing was found, and how far this goes: a sentence each. */
export function nothingWrong({ picture, findings }: Diagnosis, mask: Mask): readonly string[] {
  const reach = reachOf(picture);
  // A note may say what a failure was of that is no more.
  const noted =
    reach.kind === 'unexplained' &&
    findings.find(({ file, line }) => file === reach.first.file && line === reach.first.line);
  return [
    'Nothing wrong was found in these files.',
    noted ? `${mask(noted.says)} (${noted.file}:${noted.line})` : sentence(reach, mask),
  ];
}

function sentence(reach: Reach, mask: Mask): string {
  switch (reach.kind) {
    case 'no-log':
      return 'No log was given, so they do not show whether it works. A trace of a job that failed, or the journal of gitlab-runner and docker, would tell more.';
    case 'succeeded':
      return `The job of ${reach.at.file} succeeded (line ${reach.at.line}).`;
    case 'quiet':
      return 'The log shows no failure, and no job that succeeded.';
    case 'unexplained': {
      const { file, line, text } = reach.first;
      const shown = mask(text.trim());
      const cut = shown.length > MOST ? `${shown.slice(0, MOST)}…` : shown;
      const [lines, which] = reach.count === 1 ? ['a line', 'it is'] : [`${reach.count} lines`, 'the first is'];
      return `But the log has ${lines} of failure of no cause that is known; ${which} ${file}:${line}: ${cut}`;
    }
  }
}
