import { randomBytes } from 'node:crypto';
import { realClock } from '../../clock/index.ts';
import { EnvironmentError, UsageError } from '../../conformance/index.ts';
import { type LabServer, LiveLab, labPage, openDoors, pastesFor, replay, serveLab } from '../../serve/index.ts';
import { createRunContext, defaultCacheDirectory, machineIsolation } from '../../world/index.ts';
import { clearStrays } from '../clear-strays.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { Interrupted, interruption, untilAborted } from '../interruption.ts';
import { print } from '../print.ts';
import { type Invocation, verb } from '../verb.ts';
import { packageVersion } from '../version.ts';
import { control } from './control.ts';
import { declaredLab } from './declared.ts';
import { type ServeOptions, serveOptions } from './options.ts';
import { shellIn } from './shell.ts';

const LOOPBACK = '127.0.0.1';
const TOKEN_BYTES = 24;

const INTERRUPTED = {
  what: 'The lab',
  stopping: 'taking the lab down',
  limitMs: 10_000,
  left: 'Everything it started is stopped.',
};

/** `proxyproof serve`. */
export const serve = verb({
  options: serveOptions,
  examples: [
    'serve',
    'serve --proxy squid --auth basic --rate-limit reset-time-invalid',
    'serve --world case.yaml --replay',
    'serve --auth ntlm --listen 172.17.0.1',
    'serve --docker --enter',
    'serve ctl fault add reset when=on-request times=1',
    'serve ctl plan reset-time-absent',
  ],
  act,
});

async function act({ args, options: given, terminal }: Invocation<ServeOptions>): Promise<ExitCode> {
  const [first, ...words] = args;
  if (first === 'ctl') return control(words, given.lab ?? terminal.env['PROXYPROOF_LAB'], terminal);
  if (first !== undefined) throw new UsageError(`serve takes no ${first}; only ctl, and what a lab is to do.`);
  const declaration = await declaredLab(given, terminal);
  checkListen(given, declaration.world.proxy?.auth?.scheme ?? 'basic', declaration.world.proxy !== undefined);
  const inside = declaration.world.docker !== undefined || given.enter;
  const machine = await machineIsolation();
  if (declaration.world.docker && machine.kind !== 'namespace')
    throw new EnvironmentError(
      `A Docker engine takes a network namespace, and none can be made here: ${machine.reason}.`,
    );
  const say = (line: string): void => print(terminal.stderr, `proxyproof: ${line}\n`);
  await clearStrays(terminal);

  const stop = interruption(terminal, INTERRUPTED);
  try {
    await using up = new AsyncDisposableStack();
    const run = up.use(
      await createRunContext({
        cacheDir: defaultCacheDirectory(terminal.env),
        say,
        signal: stop.signal,
        ...(inside ? {} : { isolation: 'names' }),
      }),
    );
    const address = given.listen ?? LOOPBACK;
    const clock = realClock();
    const version = packageVersion();
    const lab = up.use(await LiveLab.open({ declaration, clock, run, version, address, keeps: given.events }));
    if (given.listen !== undefined) up.use(await openDoors(lab.world, given.listen));
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const server = up.use(await serveLab(lab, { address, token, page: labPage() }));
    stop.signal.throwIfAborted();
    terminal.stdout.write(introduction(lab, server, given));
    if (given.replay) void replay(lab, stop.signal, say).catch(() => {});
    if (given.enter) await shellIn(lab, server, stop.signal, terminal);
    else await untilAborted(stop.signal);
  } catch (error) {
    if (!(error instanceof Interrupted) && !stop.signal.aborted) throw error;
  } finally {
    stop.finished();
  }
  const { reason } = stop.signal;
  if (!(reason instanceof Interrupted)) return EXIT.ok;
  say('The lab is down. Everything it started is stopped.');
  return reason.exit;
}

/** @throws UsageError for a lab that would let anybody of a network in */
function checkListen({ listen }: ServeOptions, scheme: string, hasProxy: boolean): void {
  if (listen === undefined) return;
  if (!hasProxy || scheme === 'none')
    throw new UsageError(
      '--listen lets others in, so the proxy must ask who they are: leave --proxy none and --auth none out.',
    );
  if (['0.0.0.0', '::', '*'].includes(listen))
    throw new UsageError(
      '--listen takes one address of this machine, such as 172.17.0.1 of docker0, and not all of them.',
    );
}

/** What whoever stood it up is told. The credentials in it were made up for this lab, and go with it. */
function introduction(lab: LiveLab, server: LabServer, { listen, enter }: ServeOptions): string {
  const peers = lab.peers.map(({ name, product, url, scheme }) => {
    const asks = scheme === undefined ? '' : scheme === 'none' ? ', asks for no credentials' : `, asks for ${scheme}`;
    return `  ${name.padEnd(9)} ${url} (${product}${asks})\n`;
  });
  const warning =
    listen === undefined
      ? ''
      : `\nWarning: whoever reaches ${listen} and has the credentials below can use this proxy; it leads to the lab's own peers and nowhere else.\n`;
  return [
    `The lab is up.\n\n  page      ${server.secretUrl}\n`,
    ...peers,
    warning,
    ...(enter ? [] : pastesFor(lab.given).map(({ title, text }) => `\n# ${title}\n${text}`)),
    `\nexport PROXYPROOF_LAB='${server.secretUrl}'\n\n`,
    enter
      ? 'This shell is in the lab. The lab goes when you leave it.\n'
      : 'Press Ctrl-C when you are done; everything is removed then.\n',
  ].join('');
}
