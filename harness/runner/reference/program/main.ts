import { dirname, join } from 'node:path';
import { referenceDriver } from '../driver.ts';
import { readArguments } from './arguments.ts';
import { Machine } from './machine.ts';
import { readRunnerConfig } from './runner-config.ts';
import { serve } from './service.ts';

/** The machine's store of authorities, where a Go program of Debian looks for it (crypto/x509, root_linux.go). */
const STORE = '/etc/ssl/certs/ca-certificates.crt';

/**
 * The reference runner as a program of its own, for a machine where it is installed as a service: real time, the
 * machine's names and sockets, its own environment, and a log on standard error. What it registers is written nowhere.
 */
async function main(): Promise<number> {
  const { configFile, workingDirectory, registers, ...which } = readArguments(process.argv.slice(2));
  const driver = referenceDriver(which);
  const print = (line: string): void => void process.stderr.write(`${line}\n`);
  const machine = new Machine(workingDirectory, print);
  const env = Object.fromEntries(
    Object.entries({ SSL_CERT_FILE: STORE, ...process.env }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  );
  if (registers) {
    const { url, token } = registers;
    const certsDir = join(dirname(configFile), 'certs');
    const { code } = await driver.subject(machine).register({ url, token, env, checkInterval: 0, certsDir }, token);
    return code ?? 1;
  }
  const quit = new AbortController();
  const halt = new AbortController();
  const stopped = new Error('the service was told to stop');
  process.on('SIGQUIT', () => quit.abort(stopped));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      halt.abort(stopped);
      quit.abort(stopped);
    });
  }
  return serve({
    clock: machine.clock,
    subject: driver.subject(machine),
    configFile,
    read: () => readRunnerConfig(configFile, driver.profile, env),
    say: (level, msg) => print(JSON.stringify({ level, msg, time: new Date(machine.clock.now()).toISOString() })),
    quit: quit.signal,
    halt: halt.signal,
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${JSON.stringify({ level: 'fatal', msg: (error as Error).message })}\n`);
  process.exitCode = 1;
}
