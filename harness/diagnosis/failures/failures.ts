import type { LogDocument } from '../documents/document.ts';
import { kept } from '../kept.ts';
import type { Picture } from '../picture/picture.ts';
import type { Failure } from './failure.ts';
import { squidFailures } from './squid.ts';
import { Walk } from './standing.ts';
import { targetOf, urlIn } from './target.ts';
import { toldBy } from './told.ts';
import { whoOf } from './who.ts';

/** What failed by the logs, each line once and told of one way; what was overcome later in the same log is left out. */
export const failuresOf = kept((picture: Picture): readonly Failure[] => {
  const dind = tellsOfDind(picture);
  return [...picture.all('log').flatMap((log) => inLog(log, dind, picture)), ...squidFailures(picture)];
});

function inLog(log: LogDocument, dind: boolean, picture: Picture): readonly Failure[] {
  const walk = new Walk(dind);
  const failures: Failure[] = [];
  const addresses = new Set(picture.proxies.map(({ host, port }) => `${host}:${port}`));
  let jobFrom = 0;
  for (const line of log.lines) {
    const { text } = line;
    walk.pass(text);
    if (text.includes('Running with gitlab-runner')) jobFrom = failures.length;
    // What a job did not fail of is none, but for what the helper lost on the way.
    if (text.startsWith('Job succeeded') && log.of === 'job') {
      const lasting = failures.splice(jobFrom).filter(({ who, kind }) => who === 'helper' && kind !== 'connection-cut');
      for (const each of lasting) failures.push(each);
      jobFrom = failures.length;
      continue;
    }
    // A clone that was repeated and went well in the end.
    if (text.startsWith('Executing "')) forgetClones(failures, jobFrom);
    if (log.of === 'runner' && POLLED.test(text)) forgetPolls(failures);
    const told = toldBy(text);
    if (!told) continue;
    const who = whoOf({ ...line, of: log.of }, told, walk);
    const url = urlIn(walk.command ?? '');
    const target = told.target ?? (who === 'tool' && url !== undefined ? targetOf(url) : undefined);
    const isProxy = told.kind === 'direct' && told.peer && addresses.has(`${told.peer.host}:${told.peer.port}`);
    failures.push({
      ...line,
      of: log.of,
      kind: isProxy ? 'proxy-unreachable' : told.kind,
      who,
      phase: walk.phase,
      target,
      status: told.status,
      peer: told.peer,
      how: told.how,
    });
  }
  return failures;
}

const POLLED = /Checking for jobs\.\.\. ?(?:received|nothing)|coordinator\.\.\. ?ok/;

/** Polls that failed before one that went well: an outage that is over, unless they failed again and again in between. */
function forgetPolls(failures: Failure[]): void {
  for (let at = failures.length - 1; at >= 0; at -= 1) {
    const each = failures[at];
    if (each?.who !== 'runner' || LASTING.has(each.kind)) continue;
    failures.splice(at, 1);
  }
}

/** What git failed of before the script of its job began. */
function forgetClones(failures: Failure[], from: number): void {
  const kept = failures.splice(from).filter(({ who, phase }) => who !== 'git' || phase !== 'sources');
  for (const each of kept) failures.push(each);
}

/** What comes and goes, and is told by its number. */
const LASTING: ReadonlySet<Failure['kind']> = new Set(['poll-limited', 'waiting', 'gave-up', 'body-lost', 'poll-cut']);

const tellsOfDind = (picture: Picture): boolean =>
  picture.runners.some(({ services }) => services.some(({ name }) => /dind/.test(name))) ||
  picture
    .all('ci')
    .some(
      ({ services, jobs }) =>
        services.some(({ name }) => /dind/.test(name)) ||
        jobs.some((job) => job.services.some(({ name }) => /dind/.test(name))),
    );
