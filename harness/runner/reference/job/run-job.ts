import type { JobPayload } from '../api/job-payload.ts';
import { DockerExecutor, dockerWorkplace } from '../docker/index.ts';
import type { JobAtWork, JobEnd } from '../policies/job-policies.ts';
import { ShellExecutor, shellWorkplace } from '../shell/index.ts';
import { jobVariables, secretsOf } from './environment.ts';
import type { ExecutorContext, JobContext } from './executor.ts';
import { JobFailure } from './failure.ts';
import { JobStages } from './stages.ts';
import { SentTrace } from './trace.ts';
import { TraceSender } from './trace-sender.ts';

const DEFAULT_TIMEOUT_S = 3_600;

/**
 * Runs one job with the executor that config.toml names; its trace and its end are sent.
 * @throws the signal's reason, when it aborts
 */
export async function runJob(context: JobContext, job: JobPayload): Promise<void> {
  const { host, api, log, activity, signals, slot, atWork } = context;
  const { behaviour, config } = api;
  const { docker } = config;
  const place = docker ? dockerWorkplace(job) : shellWorkplace(context, job);
  const said = {
    CI_SERVER: 'yes',
    CI_BUILDS_DIR: place.buildsDir,
    CI_PROJECT_DIR: place.projectDir,
    CI_CONCURRENT_ID: String(slot),
    CI_RUNNER_VERSION: behaviour.version,
    ...(docker ? { CI_DISPOSABLE_ENVIRONMENT: 'true' } : {}),
  };
  const variables = jobVariables(config, job, said, { dir: place.tmpDir, handed: api.handed });
  const secrets = secretsOf(config, job, variables);
  const trace = new SentTrace(behaviour.trace.masks(secrets), behaviour.trace);
  const own: JobAtWork = { id: job.id, token: job.token, write: (text) => trace.write(text) };
  atWork.add(own);
  const write = (text: string | Buffer): void => behaviour.job.printsIn(own, [...atWork]).write(text);
  const over = new AbortController();
  const ends = AbortSignal.any([over.signal, signals.stop, signals.kill]);
  const sender = new TraceSender({
    clock: host.clock,
    ...api.followed(log),
    job: { id: job.id, token: () => behaviour.job.tokenOf(own, [...atWork]) },
    trace,
    signals,
    onCancel: (how) => {
      if (!behaviour.job.endsWhenCanceled) return;
      over.abort(new JobFailure(`job ${how === 'aborted' ? 'aborted' : 'canceled'}`, 'job_canceled'));
    },
  });
  const timeout = behaviour.job.endsAfter(job.runner_info?.timeout ?? DEFAULT_TIMEOUT_S);
  const done = new AbortController();
  host.clock.sleep(timeout * 1000, done.signal).then(
    () => over.abort(new JobFailure(`execution took longer than ${timeout}s seconds`, 'job_execution_timeout')),
    () => {},
  );
  sender.start();
  if (behaviour.trace.tellsStart) await activity.rest(() => sender.tellStart());
  for (const line of behaviour.trace.says(secrets)) trace.writeRaw(`${line}\n`);
  const print = (line: string): void => write(`${line}\n`);
  print(`Running with gitlab-runner ${behaviour.version} (reference)`);
  const executing: ExecutorContext = {
    ...context,
    signals: { stop: ends, kill: signals.kill },
    job,
    place,
    variables,
    write,
    print,
  };
  const sent = (): Promise<void> => {
    trace.flush();
    return activity.rest(() => sender.flush());
  };
  let end: JobEnd;
  try {
    await runStages(executing, sent);
    print('Job succeeded');
    log('info', 'Job succeeded', { job: job.id });
    end = behaviour.job.reports({ state: 'success' });
  } catch (error) {
    if (signals.stop.aborted || signals.kill.aborted) {
      atWork.delete(own);
      throw error;
    }
    const failure = error instanceof JobFailure ? error : new JobFailure(String(error), 'runner_system_failure');
    print(`ERROR: Job failed: ${failure.message}`);
    log('warning', `Job failed: ${failure.message}`, { job: job.id });
    end = behaviour.job.reports({ state: 'failed', failureReason: failure.reason, exitCode: failure.exitCode });
  } finally {
    done.abort();
  }
  trace.flush();
  try {
    await activity.rest(() => sender.finish(end));
  } finally {
    atWork.delete(own);
  }
}

async function runStages(context: ExecutorContext, sent: () => Promise<void>): Promise<void> {
  const { docker } = context.api.config;
  await using executor = docker ? new DockerExecutor(context, docker) : new ShellExecutor(context);
  await new JobStages(context, executor, sent).run();
}
