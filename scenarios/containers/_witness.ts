import { createHash } from 'node:crypto';
import { type Evidence, type JobContainerRole, type ServiceConfig, traceLines } from '../../harness/kit/index.ts';

/** In place of a digest: the variable is not there at all. */
export const UNSET = 'unset';

/** Who says what is in its environment. A service may be named in config.toml, or in the job. */
export type Speaker = Exclude<JobContainerRole, 'service'> | 'service' | 'job-service' | 'after-script';

/** Where a service leaves what it has to say: all containers share the volume. */
const noteOf = (speaker: Speaker): string => `/builds/proxyproof-${speaker}`;
const PORT = 8080;

const WORD = 'proxyproof-env';
const LINE = new RegExp(`^${WORD} ([\\w-]+) (\\w+) (\\w+)$`);

/** The digest by which a value is told apart in a trace: a runner masks secrets there, and so does the ledger. */
export const digestOf = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 16);

/** One line of a POSIX shell that says, for every name, what the container that runs it has in its environment. */
export function testimony(speaker: Speaker, names: readonly string[]): string {
  const digest = `if value=$(printenv "$name"); then printf %s "$value" | sha256sum | cut -c1-16; else echo ${UNSET}; fi`;
  return `for name in ${names.join(' ')}; do echo "${WORD} ${speaker} $name $(${digest})"; done`;
}

/** A service that testifies as it starts, then opens the port that its image exposes. */
export function witness(
  image: string,
  speaker: Speaker,
  names: readonly string[],
): Required<Pick<ServiceConfig, 'name' | 'alias' | 'entrypoint' | 'command'>> {
  const listen = `exec perl -MIO::Socket::INET -e 'my $s = IO::Socket::INET->new(LocalPort => ${PORT}, Listen => 5, ReuseAddr => 1) or die $@; while (1) { $s->accept }'`;
  return {
    name: image,
    alias: speaker,
    entrypoint: ['sh', '-c'],
    command: [`{ ${testimony(speaker, names)}; } > ${noteOf(speaker)}; ${listen}`],
  };
}

/** The services, by their aliases. */
export const SERVICES = ['service', 'job-service'] as const satisfies readonly Speaker[];

/** A line of a shell that shows what the services left. */
export const SHOW_SERVICES = `cat ${SERVICES.map(noteOf).join(' ')}`;

const REACHED = 'proxyproof-reached';

/** Lines of a script that connect to each service by its alias, and say so; they fail in no case. */
export const REACH_SERVICES: readonly string[] = SERVICES.map(
  (each) => `if timeout 10 bash -c 'exec 3<>/dev/tcp/${each}/${PORT}' 2>/dev/null; then echo ${REACHED} ${each}; fi`,
);

/** Whether the job has said that it reached a service. */
export const reached = (evidence: Evidence, service: (typeof SERVICES)[number]): boolean =>
  traceLines(evidence).includes(`${REACHED} ${service}`);

/** What a container said of its environment: a digest for every name, or that it is not set. Empty when it said nothing. */
export function testified(evidence: Evidence, speaker: Speaker): ReadonlyMap<string, string> {
  return new Map(
    traceLines(evidence).flatMap((line) => {
      const [, by, name = '', digest = ''] = LINE.exec(line) ?? [];
      return by === speaker ? [[name, digest] as const] : [];
    }),
  );
}

/** Host and port of the service, as requests through a proxy would name it. */
export const isService = (target: string): boolean => new RegExp(`^(http://)?[^/]*:${PORT}(/|$)`).test(target);
