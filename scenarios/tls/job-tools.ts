import {
  clientsConfig,
  configFor,
  dockerNeeds,
  type Evidence,
  type Finding,
  interceptorCa,
  interceptorFile,
  jobEnd,
  jobEnvironment,
  jobsEnd,
  jobTaken,
  measured,
  nothingDirect,
  type Stage,
  scenario,
  traceLines,
  whilePolling,
} from '../../harness/kit/index.ts';

const CA = '/proxyproof/interceptor.crt';
const KEYSTORE = '/tmp/interceptor.p12';
const WORD = 'proxyproof-tls';
const URL_OF = '"$CI_SERVER_URL/api/v4/version"';

/** How each client asks for a URL, and fails where it rejects the certificate. */
const CLIENTS: Readonly<Record<string, string>> = {
  curl: `curl -sS -o /dev/null ${URL_OF}`,
  // Whatever GitLab answers is an answer.
  wget: `wget -q -O /dev/null ${URL_OF}; [ $? -ne 5 ]`,
  git: `said=$(GIT_TERMINAL_PROMPT=0 git ls-remote "$CI_SERVER_URL/none.git" 2>&1); case $said in *certificate*) exit 1 ;; esac`,
  'python urllib': `python3 -c 'import sys, urllib.request as u, urllib.error as e\ntry: u.urlopen(sys.argv[1])\nexcept e.HTTPError: pass' ${URL_OF}`,
  'python requests': `python3 -c 'import sys, requests; requests.get(sys.argv[1])' ${URL_OF}`,
  node: `NODE_USE_ENV_PROXY=1 node -e 'fetch(process.argv[1]).catch(() => process.exit(1))' ${URL_OF}`,
  ruby: `ruby -ropen-uri -e 'begin; URI.open(ARGV[0]); rescue OpenURI::HTTPError; end' ${URL_OF}`,
  'php curl': `php -r '$c = curl_init($argv[1]); curl_setopt($c, CURLOPT_RETURNTRANSFER, true); curl_exec($c); exit(curl_errno($c) ? 1 : 0);' ${URL_OF}`,
  java: `[ -z "$(echo '{"client": "java-httpclient", "url": "'${URL_OF}'"}' | java -Dhttps.proxyHost="$PROXY_HOST" -Dhttps.proxyPort="$PROXY_PORT" -cp /opt/clients/built Fetch 2>/dev/null)" ]`,
};

/** Where the CA is, as the environment of a client. Java looks at no variable but its own. */
const PLACES: Readonly<Record<string, string>> = {
  nowhere: '',
  SSL_CERT_FILE: `SSL_CERT_FILE=${CA}`,
  CURL_CA_BUNDLE: `CURL_CA_BUNDLE=${CA}`,
  GIT_SSL_CAINFO: `GIT_SSL_CAINFO=${CA}`,
  REQUESTS_CA_BUNDLE: `REQUESTS_CA_BUNDLE=${CA}`,
  NODE_EXTRA_CA_CERTS: `NODE_EXTRA_CA_CERTS=${CA}`,
  'JAVA_TOOL_OPTIONS with a keystore': `JAVA_TOOL_OPTIONS='-Djavax.net.ssl.trustStore=${KEYSTORE} -Djavax.net.ssl.trustStorePassword=changeit'`,
  "the image's store": '',
};
const OF_JAVA = ['nowhere', 'JAVA_TOOL_OPTIONS with a keystore', "the image's store"];
const STORE = "the image's store";

const attempt = (place: string, client: string, command: string): string =>
  `if (export NONE= ${PLACES[place]}; ${command}) >/dev/null 2>&1; then echo "${WORD} ${place}: ${client}"; fi`;

const SCRIPT: readonly string[] = [
  `PROXY_HOST=proxy.test; PROXY_PORT="\${https_proxy##*:}"; PROXY_PORT="\${PROXY_PORT%/}"`,
  `keytool -importcert -noprompt -alias interceptor -file ${CA} -keystore ${KEYSTORE} -storepass changeit >/dev/null 2>&1`,
  ...Object.keys(PLACES).flatMap((place) => [
    ...(place === STORE ? [`cp ${CA} /usr/local/share/ca-certificates/; update-ca-certificates >/dev/null 2>&1`] : []),
    Object.entries(CLIENTS)
      .filter(([client]) => (client === 'java' ? OF_JAVA.includes(place) : !place.startsWith('JAVA')))
      .map(([client, command]) => attempt(place, client, command))
      .join('\n'),
  ]),
];

export default scenario({
  id: 'tls/job-tools',
  asks: "Where does each client of a job take the proxy's CA from?",
  explains:
    "The proxy opens all TLS, with a CA of its own. A job in the image of the clients asks GitLab by each of them: with the CA nowhere, in one variable after the other, and last in the image's store, by update-ca-certificates. The answer is which clients take the certificate where. Java is asked without a variable, with a keystore by its own one, and with the store.",
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker', 'environment', 'custom-ca'],
  work: 20_000,
  world: () => ({
    docker: {},
    // Java sends no Basic credentials to a proxy for a tunnel.
    proxy: { kind: 'basic', auth: { scheme: 'none', user: '', password: '' }, intercepts: {} },
    gitlab: { tls: true },
  }),
  act: (stage) => ask(stage, SCRIPT),
  judge: (evidence) => answers(evidence),
  mutants: [],
  control: { without: 'the clients', act: (stage) => ask(stage, ['true']) },
});

async function ask(stage: Stage, script: readonly string[]): Promise<void> {
  const { world } = stage;
  const file = await interceptorFile(stage);
  const docker = clientsConfig(stage);
  world.gitlab.queue({ image: world.docker.image('clients'), script });
  const config = configFor(stage, {
    caPem: interceptorCa(stage),
    environment: jobEnvironment(world.proxy.url),
    docker: { ...docker, volumes: [...(docker.volumes ?? []), `${file}:${CA}:ro`] },
  });
  await whilePolling(stage, config, () => jobsEnd(stage, 1, 180_000));
}

function answers(evidence: Evidence): readonly Finding[] {
  const untaken = jobTaken(evidence);
  if (untaken) return [untaken, nothingDirect(evidence)];
  const lines = traceLines(evidence);
  const end = jobEnd(evidence);
  return Object.keys(PLACES).map((place) => {
    const start = `${WORD} ${place}: `;
    const taken = lines.flatMap((line) => (line.startsWith(start) ? [line.slice(start.length)] : []));
    return measured(`who takes the CA from ${place}`, `${place}: ${taken.join(', ') || 'nobody'}`, end);
  });
}
