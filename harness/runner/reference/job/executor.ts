import type { SubjectHost } from '../../subject.ts';
import type { Activity } from '../activity.ts';
import type { ApiClient } from '../api/client.ts';
import type { JobArtifact, JobCache, JobDependency, JobPayload } from '../api/job-payload.ts';
import type { CallSignals } from '../http/retrying.ts';
import type { RunnerLog } from '../log.ts';
import type { JobAtWork } from '../policies/job-policies.ts';
import type { JobVariables } from './environment.ts';

/** What a job is run with. */
export interface JobContext {
  readonly host: SubjectHost;
  readonly api: ApiClient;
  readonly log: RunnerLog;
  readonly activity: Activity;
  readonly signals: CallSignals;
  /** Counts the jobs that run at the same time, from 0: each has a directory of its own, used again by the next. */
  readonly slot: number;
  /** The jobs that run, by their start; each puts itself there. */
  readonly atWork: Set<JobAtWork>;
}

/** Where a job's files are, as its scripts see them: absolute paths. */
export interface Workplace {
  readonly buildsDir: string;
  readonly projectDir: string;
  /** Beside the project: files that variables name, and archives under way. */
  readonly tmpDir: string;
}

/** What an executor works with. Its `signals` are those of the job: they abort when it is over, too. */
export interface ExecutorContext extends JobContext {
  readonly job: JobPayload;
  readonly place: Workplace;
  readonly variables: JobVariables;
  /** Prints in the job's trace, as it is. */
  readonly write: (text: string | Buffer) => void;
  /** Prints a line. */
  readonly print: (line: string) => void;
}

/** A stage of a job. */
export interface StageScript {
  readonly name: string;
  /** Runs with the job's variables exported, and stops at the first command that fails. */
  readonly script: string;
  /** Whose it is: the runner's own, or the job's, in the project's directory. */
  readonly of: 'runner' | 'job';
}

/** Runs the stages of one job somewhere. Disposing takes away what only this job needed. */
export interface JobExecutor extends AsyncDisposable {
  /** Whose stage the get-sources hook is. */
  readonly hookOf: StageScript['of'];
  /**
   * Gets everything ready for the first stage.
   * @throws JobFailure when that cannot be done
   */
  prepare(): Promise<void>;
  /**
   * @returns the exit code; null when a signal ended it
   * @throws the signal's reason, when the job is over before the script is
   */
  run(stage: StageScript): Promise<number | null>;
  /** @returns false when there were none to be had */
  download(dependency: JobDependency): Promise<boolean>;
  /** @returns false when GitLab did not take it */
  upload(artifact: JobArtifact): Promise<boolean>;
  /** Where it keeps caches. */
  readonly caches?: {
    /** A cache that cannot be had, or kept, does not fail a job. */
    restore(cache: JobCache): Promise<void>;
    save(cache: JobCache): Promise<void>;
  };
}
