import {
  behindCntlm,
  blocked,
  CNTLM_ACCOUNT,
  check,
  configFor,
  counted,
  dockerNeeds,
  duration,
  type Evidence,
  type Finding,
  measured,
  nothingDirect,
  POLL_INTERVAL_MS,
  pageCntlmConf,
  parentLogins,
  START_LIMIT_MS,
  type Stage,
  scenario,
  startCntlm,
  whilePolling,
} from '../../harness/kit/index.ts';

/** No whole number of intervals. */
const WATCHED_MS = 5 * POLL_INTERVAL_MS + 1000;
const WATCHED = 'watched';
const SAYS_SO = /\b407\b|proxy authentication required/i;
/** After so many failures in a row a domain often locks an account (Microsoft's own baseline for Windows Server). */
const LOCKED_AFTER = 10;

export default scenario({
  id: 'cntlm/wrong-password',
  asks: 'With a wrong password in cntlm.conf, is the error clear, and the number of logins bounded?',
  explains:
    "The real cntlm runs with the page's configuration, but its password lacks the last letter. A runner polls through it every 3 s and is watched for 16 s from the first login that the parent refuses. Its log must name the status (407). There may be no more failed logins than polls were due, and no request may reach GitLab or bypass the proxy. How soon an account would be locked, and what cntlm says, is measured.",
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'check-interval'],
  waits: () => WATCHED_MS,
  work: 4_000,
  world: () => ({ docker: {}, proxy: { kind: 'keep-alive', auth: CNTLM_ACCOUNT }, gitlab: {} }),
  act: (stage) => watchLogins(stage, pageCntlmConf(stage).password.slice(0, -1)),
  judge: (evidence) => {
    const [first] = refused(evidence);
    if (!first) {
      const passed = evidence.gitlab('job').length;
      const seen = `none was refused, and ${counted(passed, 'job requests')} reached GitLab`;
      return [blocked('the parent refuses a log-in', seen), nothingDirect(evidence)];
    }
    return [
      saysSo(evidence),
      isBounded(evidence),
      nothingArrives(evidence),
      nothingDirect(evidence),
      locks(evidence),
      cntlmSays(evidence),
    ];
  },
  mutants: [
    'never-uses-proxy',
    'keeps-quiet-about-407',
    'retries-on-every-status',
    'goes-direct-when-proxy-answers-407',
  ],
  peerMutants: [
    {
      name: 'parent-trusts-anybody',
      says: 'The parent proxy accepts any NTLM message.',
      act: async (stage) => {
        using _ = stage.world.proxy.inject({ fault: 'trusts-anybody' });
        await watchLogins(stage, pageCntlmConf(stage).password.slice(0, -1));
      },
    },
  ],
  control: { without: 'the wrong password', act: (stage) => watchLogins(stage, pageCntlmConf(stage).password) },
});

async function watchLogins(stage: Stage, password: string): Promise<void> {
  const { world } = stage;
  await using _ = await startCntlm(stage, { password });
  const { env = {} } = behindCntlm(stage);
  await whilePolling(stage, configFor(stage, { env }), async () => {
    await world.waitFor(
      'a log-in at the parent',
      (seen) => refused(seen).length > 0 || seen.gitlab('job').length > 0 || seen.tripwire().length > 0,
      START_LIMIT_MS,
    );
    world.mark(WATCHED, 'the runner is watched from here on');
    await world.watch(WATCHED_MS, 'what it does while cntlm has a wrong password');
  });
}

const refused = (evidence: Evidence) =>
  evidence.of('authentication').filter(({ step, reason }) => step === 'refused' && /password/.test(reason ?? ''));

function saysSo(evidence: Evidence): Finding {
  const said = evidence.logs(SAYS_SO)[0];
  return check(
    said !== undefined,
    "the runner's log says that the proxy wants authentication (407), which cntlm passes on",
    said ? `the log says: ${said.line.slice(0, 200)}` : 'the log says nothing of 407',
    said,
  );
}

function isBounded(evidence: Evidence): Finding {
  const failures = refused(evidence);
  const most = Math.ceil(WATCHED_MS / POLL_INTERVAL_MS) + 2;
  return check(
    failures.length <= most,
    `there are no more failed log-ins than polls are due: ${most} in ${duration(WATCHED_MS)}`,
    `${counted(failures.length, 'log-ins')} failed: cntlm tries once for each request that it gets, and remembers no failure`,
    ...failures.slice(0, 3),
  );
}

function nothingArrives(evidence: Evidence): Finding {
  const arrived = evidence.gitlab();
  const seen = arrived.length === 0 ? 'none did' : `${counted(arrived.length, 'requests')} did`;
  return check(arrived.length === 0, 'no request reaches GitLab', seen, ...arrived.slice(0, 3));
}

function locks(evidence: Evidence): Finding {
  const failures = parentLogins(evidence).filter(({ step }) => step === 'refused');
  const [first, last] = [failures[0], failures.at(-1)];
  const between = first && last && failures.length > 1 ? (last.t - first.t) / (failures.length - 1) : undefined;
  return measured(
    `how soon a domain that locks accounts after ${LOCKED_AFTER} failures would lock this one`,
    between === undefined
      ? `not at all: there was ${counted(failures.length, 'failed log-ins')}`
      : `after ${duration(between * (LOCKED_AFTER - 1))} of polling: there is a failed log-in every ${duration(between)}, so stop the runner before a password changes, or cntlm`,
    first,
    last,
  );
}

function cntlmSays(evidence: Evidence): Finding {
  const said = evidence
    .logs(/407|auth|denied|password|credential/i, 'harness')
    .filter(({ process }) => process === 'cntlm');
  return measured(
    'what cntlm itself says of a refused log-in',
    said[0]
      ? `it says: ${said[0].line.slice(0, 200)}`
      : 'it says nothing: its log has the requests and no word of the 407',
    said[0],
  );
}
