import {
  type EventOf,
  type Evidence,
  PUBLIC_PATH,
  type RunningContainer,
  type Stage,
} from '../../harness/kit/index.ts';

const MARK = 'knock:';
const LIMIT_SECONDS = 5;
const REFUSED = 7;

/** Asks cntlm for GitLab at an address, from where a container is, and leaves a mark of what came. */
export async function knock(
  { world }: Pick<Stage, 'world'>,
  from: RunningContainer,
  as: string,
  address: string,
): Promise<void> {
  const ask = ['curl', '-sS', '-o', '/dev/null', '-w', '%{http_code}', '--max-time', String(LIMIT_SECONDS)];
  const { code, stdout } = await from.exec([
    ...ask,
    '--proxy',
    `http://${address}`,
    `${world.gitlabUrl}${PUBLIC_PATH}`,
  ]);
  const answer =
    stdout === '000' ? (code === REFUSED ? 'nobody listens' : `no answer (curl: ${code})`) : `answered ${stdout}`;
  world.mark(`${MARK}${as}`, `${address}: ${answer}`);
}

/** What came of it. */
export const knocked = (evidence: Evidence, as: string): EventOf<'act'> | undefined => evidence.mark(`${MARK}${as}`);

/** Whether somebody answered. */
export const isAnswered = (knock: EventOf<'act'> | undefined): boolean =>
  knock !== undefined && / answered \d/.test(knock.what);
