import { isDeepStrictEqual } from 'node:util';
import { type Advice, advise, type ClientAnswer, listed, type SuggestedValue } from '../clients/index.ts';
import { UsageError } from '../conformance/errors.ts';
import { printableJson } from '../report/terminal/printable.ts';
import { concealer } from './conceal.ts';
import { DOCKER_VERSION, type DockerVersion, ofDocker } from './docker-version.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { flag, text } from './options.ts';
import { print } from './print.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = {
  proxy: text(
    '<value>',
    'the value of HTTP_PROXY, http_proxy and so on (default: http://172.17.0.1:3128)',
    'the value of the proxy variables',
  ),
  docker: DOCKER_VERSION,
  json: flag('prints the same as JSON'),
  measure: flag('asks the real clients again, in a container, and says where the models are wrong about them'),
  write: flag('with --measure, in the repository: writes the table and docs/clients.md'),
} as const;

/** `proxyproof no-proxy`. */
export const noProxy = verb({
  options,
  examples: [
    "no-proxy 'docker:2375,*.example.com' http://docker:2375/ https://gitlab.example.com/",
    'no-proxy docker --docker 20.10 tcp://docker:2375',
  ],
  act,
});

async function act({ args, options: asked, terminal }: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  if (asked.measure) return (await import('./measure-clients.ts')).measureClients(asked, terminal);
  if (asked.write) throw new UsageError('--write goes with --measure: it writes what was measured.');
  const [value, ...urls] = args;
  if (value === undefined || urls.length === 0) {
    throw new UsageError(
      "Give the value of NO_PROXY and at least one URL: proxyproof no-proxy 'docker:2375,.example.com' http://docker:2375/",
    );
  }
  const conceal = concealer(value, asked.proxy);
  const advice = concealed(adviceOn(value, urls, asked), conceal);
  if (asked.json) terminal.stdout.write(`${printableJson(JSON.stringify(advice, null, 2))}\n`);
  else print(terminal.stdout, asText(advice));
  return EXIT.ok;
}

/** Advice, and of which Docker it is, where a version was asked for. */
interface AdviceOfDocker extends Advice {
  readonly docker?: { readonly version: string; readonly says: string };
}

/** The same without what is secret, in every text that it holds. */
const concealed = <T>(value: T, conceal: (text: string) => string): T =>
  JSON.parse(JSON.stringify(value), (_, each: unknown) => (typeof each === 'string' ? conceal(each) : each)) as T;

function adviceOn(
  value: string,
  urls: readonly string[],
  { proxy, docker }: { readonly proxy?: string | undefined; readonly docker?: DockerVersion | undefined },
): AdviceOfDocker {
  const advice = (version?: string): Advice => advise(value, urls, proxy, version);
  try {
    if (!docker) return advice();
    const given = advice(docker.version);
    const says = ofDocker(docker, (other) => isDeepStrictEqual(advice(other), given));
    return { ...given, docker: { version: docker.version, says } };
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

function asText({ urls, remarks, suggestion, docker }: AdviceOfDocker): string {
  const several = urls.length > 1;
  return [
    ...(docker ? [docker.says, ''] : []),
    ...urls.flatMap((each) => [
      each.url,
      ...(each.says === undefined ? [] : [`  ${each.says}`]),
      ...row('direct', each.answers, 'direct'),
      ...byProxy(each.answers),
      ...failures(each.answers),
      ...row('looks at nothing', each.answers, 'unaware'),
      ...onlyWith(each.answers),
      ...(several && each.answers.length > 0 ? [`  ${lesson(each.answers, each.suggestion)}`] : []),
      '',
    ]),
    ...remarks.map((each) => `! ${each}`),
    ...(remarks.length > 0 ? [''] : []),
    lesson(
      urls.flatMap(({ answers }) => answers),
      suggestion,
    ),
    'Set NO_PROXY and no_proxy to the same: wget reads the lower-case one alone, and of two that differ Go takes the other.',
    '',
  ].join('\n');
}

/** What to write, unless all is well. */
function lesson(answers: readonly ClientAnswer[], { value, except }: SuggestedValue): string {
  if (answers.every(({ via }) => via === 'direct' || via === 'unaware')) return 'Every client goes direct.';
  const missing = except.length > 0 ? ` but ${listed(except)}, for which no spelling is known` : '';
  return `Direct with every client${missing}: ${value}`;
}

function row(label: string, answers: readonly ClientAnswer[], via: ClientAnswer['via']): string[] {
  const titles = answers
    .filter((each) => each.via === via)
    // Java's clients are one to whoever only wants to know that they look at nothing.
    .map(({ title }) => (via === 'unaware' ? title.replace(/^(Java)'s .*/, '$1') : title));
  return titles.length > 0 ? [`  ${label.padEnd(18)}${[...new Set(titles)].join(', ')}`] : [];
}

/** Where clients differ in which proxy they ask, such as in its port, it is said. */
function byProxy(answers: readonly ClientAnswer[]): string[] {
  const proxies = Map.groupBy(
    answers.filter(({ via }) => via === 'proxy'),
    ({ detail = '' }) => detail.replace(/ .*$/, ''),
  );
  if (proxies.size < 2) return row('proxy', answers, 'proxy');
  return [...proxies].flatMap(([proxy, of]) => row(`by ${proxy}`.padEnd(17), of, 'proxy'));
}

function onlyWith(answers: readonly ClientAnswer[]): string[] {
  const asked = Map.groupBy(
    answers.filter((each) => each.onlyWith !== undefined && each.via !== 'unaware'),
    (each) => each.onlyWith ?? '',
  );
  return [...asked].map(([setting, of]) => {
    const verb = of.length === 1 ? 'looks' : 'look';
    return `  ${listed(of.map(({ title }) => title))} ${verb} at these variables with ${setting} only, and go direct without it.`;
  });
}

function failures(answers: readonly ClientAnswer[]): string[] {
  const failed = Map.groupBy(
    answers.filter(({ via }) => via === 'error'),
    ({ detail }) => detail ?? '',
  );
  return [...failed].map(([why, of]) => `  ${'fails'.padEnd(18)}${of.map(({ title }) => title).join(', ')}: ${why}`);
}
