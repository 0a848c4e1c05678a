import type { LogLine } from '../picture/picture.ts';
import type { LineTold, Phase, Who } from './failure.ts';

/** Where in a log a line stands. */
export interface Standing {
  readonly phase: Phase;
  /** The command before it, in a job's script or at a prompt. */
  readonly command: string | undefined;
  /** Whether a dind service runs beside the job. */
  readonly dind: boolean;
}

const REGISTERS = /(?:Registering|Verifying|Unregistering) runner|\/api\/v4\/runners\b/;
const POLLS =
  /\/api\/v4\/jobs\/request|Checking for jobs|Appending trace|Updating job|Submitting job|Runner "\S+" is un?healthy/;
const TRANSFERS =
  /(?:Uploading|Downloading) artifacts|\/artifacts\b|cache\.zip|cache-(?:extractor|archiver)|coordinator\.\.\./;
const PULLS =
  /Error response from daemon|failed to pull image|Failed to pull image|[Hh]andler for POST .*(?:images\/create|\/push)|Attempting next endpoint for|error pulling image|Not continuing with pull|Error (?:pulling|getting v2 registry)|toomanyrequests/;
const CLI = /error during connect|Cannot connect to the Docker daemon/;

/** Who a line speaks of. */
export function whoOf({ text, of }: LogLine, { kind }: LineTold, { phase, command, dind }: Standing): Who {
  if (kind === 'cntlm-rejected' || of === 'cntlm') return 'client';
  if (CLI.test(text)) return 'docker-cli';
  if (REGISTERS.test(text)) return 'register';
  if (of === 'docker') return 'daemon';
  if (PULLS.test(text) || (/\/v2\/"?\\?"?:/.test(text) && !POLLS.test(text))) return ofDocker(phase, command, dind);
  if (TRANSFERS.test(text) && phase !== 'script') return 'helper';
  if (POLLS.test(text)) return 'runner';
  if (kind === 'push-ended' || kind === 'bad-digest') return ofDocker(phase, command, dind);
  if (/^(?:fatal|error|remote|warning): |RPC failed|git-lfs|batch response:/.test(text) && phase !== 'script')
    return 'git';
  if (phase === 'after') return 'helper';
  if (phase === 'sources' && /unable to access|\.git\b/.test(text)) return 'git';
  if (of === 'runner') return /Job failed/.test(text) ? 'tool' : 'runner';
  return command !== undefined && /\bgit (?:clone|fetch|pull|push|ls-remote|submodule)\b/.test(command)
    ? 'git'
    : 'tool';
}

/** In a job's script it is the daemon that the script uses; before, the host's. */
function ofDocker(phase: Phase, command: string | undefined, dind: boolean): Who {
  if (phase !== 'script') return 'daemon';
  if (command !== undefined && /\b(?:kaniko|executor|crane|skopeo|buildah|podman)\b/.test(command)) return 'tool';
  return dind ? 'dind' : 'daemon';
}
