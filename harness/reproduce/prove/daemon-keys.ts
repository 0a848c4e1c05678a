import type { FoundCause } from '../../diagnosis/found-cause.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import { parsedObject } from '../machine/daemon-file.ts';
import { DAEMON_JSON } from '../machine/files.ts';
import { placeOf } from '../plan/place.ts';
import { type Candidate, changing } from './candidate.ts';

/** A line that has nothing but a key of the CLI's config.json, at whatever level. */
const OF_CLI = /^\s*"((?:https?|no|all|ftp)proxy)"\s*:\s*"[^"]*"\s*,?\s*$/i;

/** A daemon.json without the keys that dockerd does not know: it has its proxy from its unit, as on the page. */
export function daemonKeysCandidate({ cause, says }: FoundCause, picture: Picture): Candidate | undefined {
  const place = picture.documents.flatMap((each) => placeOf(each) ?? []).find(({ path }) => path === DAEMON_JSON);
  if (!place) return undefined;
  const before = place.content.split('\n');
  const keys = before.flatMap((line) => OF_CLI.exec(line)?.[1] ?? []);
  const without = before.map((line) => (OF_CLI.test(line) ? '' : line));
  const after = parsedObject(without.join('\n')) ? without : withoutLastComma(without);
  if (keys.length === 0 || !parsedObject(after.join('\n'))) return undefined;
  return {
    cause,
    says,
    remedy: `Take ${keys.join(', ')} out of daemon.json: dockerd has its proxy from the drop-in of docker.service.`,
    file: place.file,
    ...changing({
      edits: after.flatMap((to, index) => (to === before[index] ? [] : [{ file: place.file, line: index + 1, to }])),
    }),
  };
}

/** The line that is the last now may end in a comma, which JSON does not take. */
function withoutLastComma(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => /\S/.test(line) && !/^[\s}]*$/.test(line));
  return lines.map((line, index) => (index === last ? line.replace(/,\s*$/, '') : line));
}
