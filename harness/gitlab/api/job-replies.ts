import type { Artifacts, EarlierJob } from '../artifacts/index.ts';
import type { JobRepositories } from '../git/index.ts';
import { type Job, type JobReplies, jobDocument } from '../jobs/index.ts';
import { replyJson, replyText } from '../replies/index.ts';

/** What the answers to a job request are made of. */
interface Around {
  readonly url: string;
  readonly host: string;
  readonly repositories: JobRepositories;
  readonly artifacts: Artifacts;
  /** The value of `X-GitLab-Last-Update`, which runners send back. */
  readonly lastUpdate: () => string;
  /** `host:port` of the container registry, if there is one. */
  readonly registry?: string;
}

/** The two answers to a job request: 201 with a job, and 204. */
export function jobReplies({ url, host, repositories, artifacts, lastUpdate, registry }: Around): JobReplies {
  const dependencyOf = ({ spec: { downloads } }: Job): EarlierJob | undefined =>
    downloads ? artifacts.makeUp(downloads === true ? 0 : downloads.bytes) : undefined;
  return {
    give: (res, job) => {
      const dependency = dependencyOf(job);
      const repository = repositories.of(job.spec);
      const optional = { ...(dependency ? { dependency } : {}), ...(registry === undefined ? {} : { registry }) };
      replyJson(res, 201, jobDocument(job, { url, host, repository, ...optional }));
    },
    nothing: (res) => replyText(res, 204, '', { 'X-GitLab-Last-Update': lastUpdate() }),
  };
}
