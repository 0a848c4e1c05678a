import { cpus, freemem, type as osType, release, totalmem } from 'node:os';
import { type Case, expand, missingHere, type Need, PROGRAMS, programOf } from '../conformance/index.ts';
import { Secrets } from '../ledger/index.ts';
import { firstProfile } from '../profile/index.ts';
import { maskedUrl } from '../url/index.ts';
import { machineIsolation } from '../world/index.ts';
import { concealer } from './conceal.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { flag, SCENARIOS } from './options.ts';
import { print } from './print.ts';
import { toolVersions } from './results.ts';
import { scenariosFor } from './scenarios.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';
import { packageVersion } from './version.ts';

const options = {
  bugReport: flag('prints versions and configuration for a bug report, without secrets'),
  scenarios: SCENARIOS,
} as const;

/** `proxyproof doctor`. */
export const doctor = verb({
  options,
  examples: ['doctor --bug-report'],
  act,
});

async function act(invocation: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  const { terminal } = invocation;
  const scenarios = await scenariosFor(invocation);
  const cases = expand(scenarios, firstProfile);
  const write = (text: string): void => print(terminal.stdout, `${text}\n`);
  const isolation = await machineIsolation();
  write(
    `proxyproof ${packageVersion()}, Node ${process.versions.node}, ${osType()} ${release()}, ${cpus().length} CPUs, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  );
  write(
    isolation.kind === 'namespace'
      ? "here     network namespaces: a subject can reach its proxy and nothing else on the network. It cannot see this machine's sockets, temporary files, other runs, reports, other processes, or credentials in the home directory. It runs as root, so this stops mistakes and not attacks: see SECURITY.md"
      : `missing  network namespaces: ${isolation.reason}. So a subject uses this machine's own network and sees its files and sockets. A bypass of the proxy fails because GitLab's name does not resolve; a bypass by IP address goes unnoticed.`,
  );
  for (const need of [...Object.keys(PROGRAMS)] as (keyof typeof PROGRAMS)[]) {
    const missing = missingHere(need);
    const where = programOf(need);
    write(missing ? `missing  ${need}: ${PROGRAMS[need].get}. ${cost(need, cases)}` : `here     ${need}: ${where}`);
  }
  const lacks = [...new Set(cases.flatMap(needsOf))].map(missingHere);
  const runnable = lacks.every((each) => each === undefined);
  write(
    runnable
      ? `All ${cases.length} cases can run here.`
      : 'The cases named above are skipped here; all others can run.',
  );
  if (isolation.kind !== 'namespace' || missingHere('docker') !== undefined) {
    const { engineInReserve } = await import('./in-docker/without-asking.ts');
    const line = await engineInReserve(terminal.env);
    if (line) write(`${line}.`);
  }
  if (invocation.options.bugReport) await bugReport(write, terminal.env);
  return EXIT.ok;
}

const needsOf = (each: Case): readonly Need[] => each.scenario.needs?.(each) ?? [];

function cost(need: Need, cases: readonly Case[]): string {
  const lost = cases.filter((each) => needsOf(each).includes(need));
  const ids = [...new Set(lost.map((each) => each.scenario.id))];
  return `Without it ${lost.length} of ${cases.length} cases are skipped: ${ids.join(', ')}.`;
}

async function bugReport(
  write: (text: string) => void,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  write('\nFor a bug report:');
  write(`  free memory: ${Math.round(freemem() / 2 ** 20)} MiB`);
  for (const [tool, version] of Object.entries(await toolVersions())) write(`  ${tool}: ${version}`);
  const variables = Object.entries(env).filter(([name]) =>
    /^((https?|no|all)_proxy|proxyproof_.*|ssl_cert_.*|node_extra_ca_certs|tz|lang)$/i.test(name),
  );
  for (const [name, value = ''] of variables) write(`  ${shownVariable(name, value)}`);
  if (variables.length === 0) write('  no proxy variables in the environment');
}

/** A proxy's address, with or without what was masked before it. */
const ADDRESS = /^(?:[a-z][a-z0-9+]*:\/\/)?(?:…@)?(?:[\w.-]+|\[[0-9a-f:.]+\])(?::\d{0,5})?\/?$/i;

/** What cannot be read may be a password whose @ went astray, so it is not shown. */
function shownVariable(name: string, value: string): string {
  const masked = maskedUrl(value);
  if (/^(?:https?|all)_proxy$/i.test(name) && masked !== '' && !ADDRESS.test(masked)) {
    return `${name} is set, but to something that is not a URL`;
  }
  return new Secrets().redactVariable(`${name}=${concealer(value)(masked)}`);
}
