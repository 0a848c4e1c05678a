/** Programs of one generation, by the names that people know, with the version that its suite had when it was measured. */
interface Brings {
  readonly docker: string;
  /** Debian 12 has none: its CLI builds with the classic builder, or with the BuildKit of the daemon. */
  readonly buildx?: string;
  readonly containerd: string;
  readonly git: string;
  readonly squid: string;
  readonly cntlm: string;
}

/** A generation of peers: a suite of Debian, and what it brings. */
export interface Generation {
  /** As Debian calls it, and `--generation` takes it. */
  readonly suite: string;
  /** Its release file may be out of date: nobody renews that of a suite which always changes for a mirror that stands still. */
  readonly agesUnnoticed?: true;
  /** The packages of a Docker engine, all but runc: the machine's own stays, since it must suit the machine's kernel and libc. */
  readonly engine: readonly string[];
  /** The packages of squid, of both kinds; the libraries that they need come along. */
  readonly squid: readonly string[];
  /** Measured; the suite may have newer ones by now. Reports say what took part. */
  readonly brings: Brings;
}

/** The generations, from the oldest. To add one is to add a row. */
export const GENERATIONS = {
  bookworm: {
    suite: 'bookworm',
    engine: ['docker.io', 'containerd', 'tini'],
    // The two kinds cannot be installed side by side, and this one does what the other does.
    squid: ['squid-openssl', 'squid-common', 'squid-langpack'],
    brings: { docker: '20.10.24', containerd: '1.6.20', git: '2.39.5', squid: '5.7', cntlm: '0.92.3' },
  },
  trixie: {
    suite: 'trixie',
    engine: ['docker.io', 'docker-cli', 'docker-buildx', 'containerd', 'tini'],
    squid: ['squid', 'squid-openssl', 'squid-common', 'squid-langpack'],
    brings: {
      docker: '26.1.5',
      buildx: '0.13.1',
      containerd: '1.7.24',
      git: '2.47.3',
      squid: '6.13',
      cntlm: '0.92.3',
    },
  },
  sid: {
    suite: 'sid',
    agesUnnoticed: true,
    engine: ['docker.io', 'docker-cli', 'docker-buildx', 'containerd', 'tini-static'],
    squid: ['squid', 'squid-openssl', 'squid-common', 'squid-langpack'],
    brings: {
      docker: '28.5.2',
      buildx: '0.29.1',
      containerd: '2.1.9',
      git: '2.55.0',
      squid: '7.7',
      cntlm: '0.94.0',
    },
  },
} as const satisfies Readonly<Record<string, Generation>>;

/** The name of a generation. */
export type GenerationName = keyof typeof GENERATIONS;

/** Where programs come from: a generation, or the machine as it is. */
export type ProgramSource = GenerationName | 'host';

/** What `--generation` takes for a part. */
export const SOURCES = ['host', ...(Object.keys(GENERATIONS) as GenerationName[])] as const;
