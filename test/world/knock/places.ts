/** Where the decoys are that a place's command tries to reach. */
export interface Ways {
  /** What every decoy answers with: who gets to see it was let in. */
  readonly word: string;
  /** The port of the decoy on all addresses of the machine. */
  readonly port: number;
  /** Put before paths of the machine: where a container has mounted its root. */
  readonly root: string;
  /** Of the machine: temporary files, home, reports. */
  readonly tmp: string;
  readonly home: string;
  readonly reports: string;
  /** Another case's peers, files and engine, on the same machine. */
  readonly other: { readonly gitlab: number; readonly proxy: number; readonly dir: string; readonly engine: string };
  /** An address of the proxy, with credentials. */
  readonly proxy: string;
  /** The id of a shared memory segment (shmget(2)). */
  readonly segment: number;
}

/** A place that a subject must not reach. */
export interface Place {
  readonly id: string;
  /** What must not be possible, as a sentence. */
  readonly what: string;
  /** Bash that prints the word when it gets there. */
  readonly knock: (ways: Ways) => string;
  /** Whether a container of the case needs the machine's root mounted and the case's own network to try. */
  readonly container: 'bridge' | 'mounted' | 'none';
}

const get = (url: string, ...more: string[]): string => `curl -sS --noproxy '*' -m 4 ${more.join(' ')} '${url}'`;
const through = ({ proxy }: Ways, url: string, ...more: string[]): string =>
  `curl -sS --noproxy '' -m 4 -x '${proxy}' ${more.join(' ')} '${url}'`;
const socket = (path: string): string => get('http://door/', '--unix-socket', `'${path}'`);

const network = (id: string, what: string, url: (ways: Ways) => string): Place => ({
  id,
  what,
  knock: (ways) => get(url(ways)),
  container: 'bridge',
});
const path = (id: string, what: string, knock: (ways: Ways) => string): Place => ({
  id,
  what,
  knock,
  container: 'mounted',
});
const proxied = (id: string, what: string, knock: (ways: Ways) => string): Place => ({
  id,
  what,
  knock,
  container: 'bridge',
});

/** What is knocked at. */
export const PLACES: readonly Place[] = [
  network(
    'loopback',
    'A service on the loopback address of the machine answers.',
    (w) => `http://127.0.0.1:${w.port}/`,
  ),
  network(
    'loopback-other',
    'A service of the machine answers at another loopback address.',
    (w) => `http://127.8.8.8:${w.port}/`,
  ),
  network('loopback-ipv6', 'A service on the IPv6 loopback of the machine answers.', (w) => `http://[::1]:${w.port}/`),
  network('any-address', 'Address 0.0.0.0 leads to a service of the machine.', (w) => `http://0.0.0.0:${w.port}/`),
  network('machine', "A service answers at the machine's address in its network.", (w) => `http://10.9.8.7:${w.port}/`),
  network('machine-ipv6', "A service answers at the machine's IPv6 address.", (w) => `http://[fd00:9::7]:${w.port}/`),
  network('metadata', 'The cloud tells its metadata.', () => 'http://169.254.169.254/latest/meta-data/'),
  network('internet', 'A server of the internet answers over http.', () => 'http://203.0.113.9/'),
  network(
    'internet-port',
    'A server of the internet answers on a port that nobody watches.',
    (w) => `http://203.0.113.9:${w.port}/`,
  ),
  network(
    'engine-api',
    "The API of the machine's Docker engine answers at docker0.",
    () => 'http://172.17.0.1:2375/version',
  ),
  network(
    'engine-container',
    'A container of another engine answers at its address.',
    (w) => `http://172.17.0.9:${w.port}/`,
  ),
  {
    id: 'udp',
    what: 'A name server of the network answers over UDP.',
    knock: () => 'exec 3<>/dev/udp/203.0.113.9/53 && echo hello >&3 && timeout 2 dd bs=512 count=1 status=none <&3',
    container: 'bridge',
  },
  {
    id: 'other-gitlab',
    what: "Another case's GitLab answers.",
    knock: (w) => `${get(`http://127.0.0.1:${w.other.gitlab}/`, '-o', '/dev/null')} && echo ${w.word}`,
    container: 'bridge',
  },
  {
    id: 'other-proxy',
    what: "Another case's proxy answers.",
    knock: (w) => `${get(`http://127.0.0.1:${w.other.proxy}/`, '-o', '/dev/null')} && echo ${w.word}`,
    container: 'bridge',
  },
  proxied('proxy-loopback', "The proxy leads to the machine's loopback.", (w) =>
    through(w, `http://127.0.0.1:${w.port}/`),
  ),
  proxied('proxy-tunnel', "The proxy opens a tunnel to the machine's loopback.", (w) =>
    through(w, `http://127.0.0.1:${w.port}/`, '-p'),
  ),
  proxied('proxy-name', "The proxy leads to another port of GitLab's name.", (w) =>
    through(w, `http://gitlab.test:${w.port}/`, '-p'),
  ),
  proxied('proxy-metadata', 'The proxy leads to the metadata of the cloud.', (w) =>
    through(w, 'http://169.254.169.254/latest/meta-data/'),
  ),
  {
    id: 'abstract-socket',
    what: 'An abstract socket of the machine answers.',
    knock: () => get('http://door/', '--abstract-unix-socket', 'proxyproof-knock'),
    container: 'mounted',
  },
  path('docker-socket', "The machine's Docker engine answers at its socket.", (w) =>
    socket(`${w.root}/run/docker.sock`),
  ),
  path('var-run', 'The same, by the older name of the directory.', (w) =>
    w.root === '' ? socket('/var/run/docker.sock') : socket(`${w.root}/var/run/../../run/docker.sock`),
  ),
  path('containerd', 'containerd answers at its socket.', (w) => socket(`${w.root}/run/containerd/containerd.sock`)),
  path('system-bus', 'The system bus answers.', (w) => socket(`${w.root}/run/dbus/system_bus_socket`)),
  path('systemd', 'systemd answers at its private socket.', (w) => socket(`${w.root}/run/systemd/private`)),
  path('agent', "A user's agent answers at its socket in the directory for temporary files.", (w) =>
    socket(`${w.root}${w.tmp}/agent.sock`),
  ),
  path('service', 'A service answers whose socket is in a place of its own.', (w) =>
    socket(`${w.root}/mnt/service/api.sock`),
  ),
  path(
    'first-process',
    "The machine's files show by the root of the first process.",
    () => 'cat /proc/1/root/run/secret',
  ),
  path('runs', 'The directories of other runs can be listed.', (w) => `ls ${w.root}${w.tmp}`),
  path('other-case', "Another case's files can be read.", (w) => `cat ${w.root}${w.other.dir}/secret`),
  path('other-engine', "Another case's Docker engine answers at its socket.", (w) =>
    socket(`${w.root}${w.other.engine}`),
  ),
  path('reports', 'Reports of runs can be read.', (w) => `cat ${w.root}${w.reports}/ledger.ndjson`),
  path(
    'docker-login',
    "The user's logins at registries can be read.",
    (w) => `cat ${w.root}${w.home}/.docker/config.json`,
  ),
  path('ssh-key', "The user's keys can be read.", (w) => `cat ${w.root}${w.home}/.ssh/id_ed25519`),
  path('netrc', "The user's passwords for servers can be read.", (w) => `cat ${w.root}${w.home}/.netrc`),
  path('home-cache', "The caches of the user's programs can be read.", (w) => `cat ${w.root}${w.home}/.cache/token`),
  path('shared-memory', "The machine's shared memory can be read.", (w) => `cat ${w.root}/dev/shm/secret`),
  path(
    'segment',
    'A shared memory segment of another program can be looked at.',
    (w) => `awk '$2 == ${w.segment} { print "${w.word}" }' /proc/sysvipc/shm`,
  ),
  path(
    'process',
    "Another program's environment can be read.",
    () => "cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep ^KNOCK=",
  ),
];
