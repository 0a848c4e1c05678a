/** Whole numbers below a limit, the same for the same seed (mulberry32). */
export type Chance = (below: number) => number;

export function chance(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export const oneOf = <T>(from: readonly T[], random: Chance): T => {
  const chosen = from[random(from.length)];
  if (chosen === undefined) throw new Error('There is nothing to choose from.');
  return chosen;
};

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const letters = (count: number, random: Chance): string =>
  Array.from({ length: count }, () => LETTERS[random(LETTERS.length)]).join('');

/** What people have in passwords that means something to some reader. */
const ODD = [
  ' ',
  '"',
  "'",
  '$',
  '#',
  '@',
  '%',
  '/',
  '\\',
  ':',
  '?',
  '&',
  ';',
  ',',
  '!',
  'ü',
  '<',
  '=',
  '$$',
  '%%',
] as const;

export interface Password {
  readonly plain: string;
  /** The parts that an odd sign in it leaves. */
  readonly parts: readonly string[];
}

/** A password that occurs nowhere else, in half of all cases with an odd sign in its midst. */
export function password(random: Chance): Password {
  const [front, back] = [letters(5 + random(4), random), letters(5 + random(4), random)];
  if (random(2) === 0) return { plain: front + back, parts: [front + back] };
  return { plain: `${front}${oneOf(ODD, random)}${back}`, parts: [front, back] };
}

/** A file with a secret in it. */
export interface Planted {
  readonly name: string;
  readonly text: string;
}
type Plant = (secret: string, random: Chance) => Planted;

const HOST = 'gate.works.example:3128';
const encoded = (secret: string): string => encodeURIComponent(secret);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A proxy's URL with a password: right, or broken as people break it. */
const URLS: readonly ((secret: string) => string)[] = [
  (secret) => `http://svc:${encoded(secret)}@${HOST}`,
  (secret) => `http://svc:${secret}@${HOST}`,
  (secret) => `http://CORP\\svc:${secret}@${HOST}/`,
  (secret) => `http//svc:${secret}@${HOST}`,
  (secret) => `http:/svc:${secret}@${HOST}`,
  (secret) => `http://http://svc:${secret}@${HOST}`,
  (secret) => `htttp://svc:${secret}@${HOST}`,
  (secret) => `http:\\\\svc:${secret}@${HOST}`,
  (secret) => `svc:${secret}@${HOST}`,
  (secret) => `svc:${secret}/x@${HOST}`,
  (secret) => `https://svc:${secret}@gate.works.example`,
  (secret) => `http://svc:${secret}@gate.works.example:8080;`,
  (secret) => `http://svc:${secret}@fd00::5:3128`,
  (secret) => `socks5://svc:${secret}@${HOST}`,
  (secret) => `http://svc:${secret}@gate.works.example/proxy.pac`,
  (secret) => ` http://svc:${secret}@${HOST}`,
];

const drop = (lines: string): Planted => ({ name: 'docker.service.d/http-proxy.conf', text: `[Service]\n${lines}\n` });
const toml = (line: string): Planted => ({
  name: 'config.toml',
  text: `concurrent = 1\n[[runners]]\n  name = "r"\n  url = "https://gitlab.works.example"\n  executor = "docker"\n  ${line}\n  [runners.docker]\n    image = "debian:12"\n`,
});

const withUrl: readonly ((url: string) => Planted)[] = [
  (url) => drop(`Environment="HTTP_PROXY=${url}"\nEnvironment="HTTPS_PROXY=${url}"`),
  (url) => drop(`Environment="HTTP_PROXY=${url}" "HTTPS_PROXY=${url}" "NO_PROXY=localhost"`),
  (url) => drop(`Environment="HTTP_PROXY=${url} HTTPS_PROXY=${url}"`),
  (url) => drop(`Environment=HTTP_PROXY=${url}`),
  (url) => drop(`Environment="HTTP_PROXY: ${url}"`),
  (url) => drop(`HTTP_PROXY=${url}`),
  (url) => drop(`Environment="HTTPS_PROXY=${url}`),
  (url) => drop(`Environment="NO_PROXY=localhost,${url},.works.example" "HTTPS_PROXY=http://${HOST}"`),
  (url) => ({ name: 'docker.service.d/p.conf', text: `Environment="HTTP_PROXY=${url}"\n` }),
  (url) => toml(`environment = ["HTTP_PROXY=${url}", "HTTPS_PROXY=${url}", "NO_PROXY=localhost"]`),
  (url) => toml(`environment = ["HTTP_PROXY: ${url}"]`),
  (url) => toml(`environment = ["HTTPS_PROXY=http://${HOST}", "NO_PROXY=localhost,${url}"]`),
  (url) => toml(`environment = ['https_proxy=${url}']`),
  (url) => toml(`pre_get_sources_script = "git config --global http.proxy ${url}"`),
  (url) => toml(`environment = ["HTTP_PROXY=${url}]`),
  (url) => ({ name: 'config.json', text: `{"proxies":{"default":{"httpProxy":"${url}","httpsProxy":"${url}"}}}\n` }),
  (url) => ({
    name: 'config.json',
    text: `{\n "proxies": {\n  "default": {\n   "http_proxy": "${url}",\n   "noProxy": ["${url}"]\n  }\n }\n}\n`,
  }),
  (url) => ({ name: 'daemon.json', text: `{\n  "proxies": { "http-proxy": "${url}", "https-proxy": "${url}" }\n}\n` }),
  (url) => ({
    name: 'daemon.json',
    text: `{ "registry-mirrors": ["${url}"], "proxies": { "httpProxy": "${url}" } }\n`,
  }),
  (url) => ({ name: 'cntlm.conf', text: `Username svc\nDomain WORKS\nPassNTLMv2 ABCDEF\nProxy ${url}\nListen 3128\n` }),
  (url) => ({
    name: '.gitlab-ci.yml',
    text: `build:\n  image: docker:27\n  variables:\n    HTTPS_PROXY: "${url}"\n    HTTP_PROXY: ${url}\n  script:\n    - docker build .\n`,
  }),
  (url) => ({
    name: '.gitlab-ci.yml',
    text: `build:\n  image: alpine\n  script:\n    - export HTTPS_PROXY=${url}\n    - wget https://dl.example.org/x\n    - docker build --build-arg HTTP_PROXY=${url} .\n`,
  }),
  (url) => ({ name: 'etc/environment', text: `http_proxy="${url}"\nhttps_proxy=${url}\nno_proxy=localhost\n` }),
  (url) => ({ name: 'etc/profile.d/proxy.sh', text: `export http_proxy='${url}'\nexport HTTPS_PROXY="${url}"\n` }),
  (url) => ({ name: 'etc/default/docker', text: `export HTTP_PROXY="${url}"\nHTTPS_PROXY=${url} # the main one\n` }),
  (url) => ({
    name: 'env.txt',
    text: `HOME=/root\nHTTP_PROXY="${url}"\nHTTPS_PROXY=${url}\nREQUEST_METHOD=GET\nPATH=/bin\n`,
  }),
  (url) => ({ name: '.gitconfig', text: `[http]\n\tproxy = ${url}\n[https]\n\tproxy = ${url}\n` }),
  (url) => ({ name: '.npmrc', text: `proxy=${url}\nhttps-proxy=${url}\n` }),
  (url) => ({ name: 'pip.conf', text: `[global]\nproxy = ${url}\n` }),
  (url) => ({
    name: 'etc/apt/apt.conf.d/95proxy',
    text: `Acquire::http::Proxy "${url}";\nAcquire::https::Proxy "${url}";\n`,
  }),
  (url) => ({ name: '.wgetrc', text: `http_proxy = ${url}\nhttps_proxy = ${url}\n` }),
  (url) => ({ name: '.curlrc', text: `proxy = "${url}"\n` }),
  (url) => ({
    name: 'systemctl-show.txt',
    text: `$ systemctl show --property=Environment docker\nEnvironment=HTTP_PROXY=${url} HTTPS_PROXY=${url}\n`,
  }),
  (url) => ({
    name: 'docker-info.txt',
    text: `Server:\n Server Version: 20.10.1\n HTTP Proxy: ${url}\n HTTPS Proxy: ${url}\n No Proxy: localhost\n`,
  }),
  (url) => ({
    name: 'job.log',
    text: `Running with gitlab-runner 16.1.0 (abc)\n$ curl -x ${url} https://pypi.org\ncurl: (5) Unsupported proxy syntax in '${url}'\nERROR: Job failed: exit code 1\n`,
  }),
  (url) => ({
    name: 'journal.log',
    text: `Nov 20 07:10:02 ci dockerd[7]: level=error msg="Handler for POST /v1.43/images/create returned error: Get \\"https://registry-1.docker.io/v2/\\": proxyconnect tcp: dial tcp: lookup ${url}: no such host"\n`,
  }),
  (url) => ({
    name: 'docker.log',
    text: `Error response from daemon: Get "https://registry-1.docker.io/v2/": invalid proxy URL port "${url}"\nparse "${url}": net/url: invalid userinfo\n`,
  }),
  (url) => ({
    name: 'git.log',
    text: `$ env | grep -i proxy\nHTTPS_PROXY=${url}\nfatal: unable to access 'https://gitlab.works.example/a.git/': Could not resolve proxy: ${url}\n`,
  }),
  (url) => ({ name: '.gitmodules', text: `[submodule "a"]\n\tpath = a\n\turl = ${url}/a.git\n` }),
];

const withSecret: readonly Plant[] = [
  (secret) => ({
    name: 'cntlm.conf',
    text: `Username svc\nDomain WORKS\nPassword ${secret}\nProxy ${HOST}\nListen 3128\n`,
  }),
  (secret) => ({ name: 'cntlm.conf', text: `Username WORKS\\svc\nPassword\n${secret}\nProxy ${HOST}\nListen 3128` }),
  (secret) => ({
    name: 'cntlm.conf',
    text: `Username svc\nPassword "${secret}\nNoProxy .works.example, 10.0.0.0/8\nProxy ${HOST}\n`,
  }),
  (secret) => ({
    name: 'cntlm.conf',
    text: `Username svc\nPassNTLMv2 ${secret} # of svc\nProxy http://${HOST}\nListen 3128\n`,
  }),
  (secret) => ({
    name: 'config.json',
    text: `{"auths":{"r.works.example":{"auth":"${base64(`svc:${secret}`)}"}},"proxies":{"default":{"http-Proxy":"x"}}}\n`,
  }),
  (secret) => ({
    name: 'config.json',
    text: `{"auths":{"r.works.example":{"auth":"${base64(`svc:${secret}`)}" "x":1}},"proxies":{"default":{}}}\n`,
  }),
  (secret) => ({
    name: 'config.json',
    text: `{"auths":{"r.works.example":{"identitytoken":${JSON.stringify(secret)}}},"proxies":{"http-proxy":"x"}}\n`,
  }),
  (secret) => toml(`token = ${JSON.stringify(secret)}`),
  (secret) => toml(`token = "${secret}"`),
  (secret) => toml(`environment = ["REGISTRY_PASSWORD=${secret}", "HTTP_PROXY=http://${HOST}"]`),
  (secret) => ({
    name: 'config.toml',
    text: `[[runners]]\n  executor = "docker"\n  [runners.cache]\n    [runners.cache.s3]\n      ServerAddress = "10.1.1.1:9000"\n      AccessKey = "a"\n      SecretKey = "${secret}"\n`,
  }),
  (secret) => ({ name: '.npmrc', text: `//npm.works.example/:_authToken=${secret}\nproxy=gate.works.example:8080\n` }),
  (secret) => ({
    name: '.npmrc',
    text: `//npm.works.example/:_password=${base64(secret)}\n_auth=${base64(`svc:${secret}`)}\nhttps-proxy=gate.works.example\n`,
  }),
  (secret) => ({
    name: 'settings.xml',
    text: `<settings>\n <proxies><proxy><host>gate.works.example</host>\n <username>svc</username>\n <password>${secret}</password>\n <nonProxyHosts>a,b</nonProxyHosts></proxy></proxies>\n</settings>\n`,
  }),
  (secret) => ({
    name: 'gradle.properties',
    text: `systemProp.https.proxyHost=gate.works.example\nsystemProp.https.proxyPassword=${secret}\n`,
  }),
  (secret) => ({ name: '.curlrc', text: `proxy = gate.works.example\nproxy-user = "svc:${secret}"\n` }),
  (secret) => ({
    name: '.wgetrc',
    text: `http_proxy = gate.works.example\nproxy_user = svc\nproxy_password = ${secret}\n`,
  }),
  (secret) => ({ name: '.netrc', text: `machine gitlab.works.example login svc password ${secret}\n` }),
  (secret) => ({
    name: 'curl.log',
    text: `> CONNECT gitlab.com:443 HTTP/1.1\n> Proxy-Authorization: Basic ${base64(`svc:${secret}`)}\n< HTTP/1.1 407 Proxy Authentication Required\n< Proxy-Authenticate: NTLM\n`,
  }),
  (secret) => ({
    name: '.gitlab-ci.yml',
    text: `push:\n  image: docker:27\n  variables:\n    CI_DEPLOY_TOKEN: "${secret}"\n    HTTP_PROXY: "http://${HOST}"\n  script:\n    - docker login -u svc -p ${secret} r.works.example\n    - curl -U svc:${secret} http://x.example\n    - wget --proxy-password=${secret} http://x.example\n`,
  }),
  (secret) => ({
    name: 'squid.conf',
    text: `cache_peer parent.works.example parent 3128 0 login=svc:${secret}\nhttp_access deny all\n`,
  }),
  (secret) => drop(`Environment="HTTP_PROXY=http://${HOST}" "PROXY_PASSWORD=${secret}"`),
];

const inMarkdown = ({ name, text }: Planted): Planted => ({
  name: 'issue.md',
  text: `### Summary\n\nIt does not work.\n\n\`${name}\`:\n\n\`\`\`\n${text}\`\`\`\n`,
});

/** A file of some kind with a secret in one of the places that have them. */
export function plant(secret: string, random: Chance): Planted {
  const planted =
    random(4) === 0 ? oneOf(withSecret, random)(secret, random) : oneOf(withUrl, random)(oneOf(URLS, random)(secret));
  return random(8) === 0 ? inMarkdown(planted) : planted;
}

/** A proxy of a file that was found somewhere, given a password. */
export function plantIn(text: string, secret: string, random: Chance): string {
  const proxies = [...text.matchAll(/\bhttps?:\/\/(?=[\w.[-]+:\d)/g)];
  const at = proxies.length === 0 ? undefined : oneOf(proxies, random);
  if (at) return `${text.slice(0, at.index)}${at[0]}svc:${secret}@${text.slice(at.index + at[0].length)}`;
  const lines = text.split('\n');
  lines.splice(random(lines.length + 1), 0, oneOf(URLS, random)(secret));
  return lines.join('\n');
}

/** The ways in which files are spoiled on their way. */
const MUTATIONS: readonly ((text: string, random: Chance) => string)[] = [
  (text, random) => text.slice(0, random(text.length + 1)),
  (text, random) => text.slice(random(20)),
  (text, random) => {
    const lines = text.split('\n');
    const [a, b] = [random(lines.length), random(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return lines.join('\n');
  },
  (text) => text.replaceAll('"', ''),
  (text) => text.replace('"', ''),
  (text, random) => {
    const lines = text.split('\n');
    lines.splice(random(lines.length), 1);
    return lines.join('\n');
  },
  (text, random) => {
    const ends = [...text.matchAll(/\n/g)];
    const end = ends.length === 0 ? text.length : oneOf(ends, random).index;
    return `${text.slice(0, end)}${oneOf(['', ' '], random)}${text.slice(end + 1)}`;
  },
  (text, random) => {
    const at = random(text.length + 1);
    return `${text.slice(0, at)}${oneOf(['\n', '§', '"', "'", '{', ']', '\t', ' ', '\\', '#', '=', '\u0007', '${'], random)}${text.slice(at)}`;
  },
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => text,
];

export const mutated = (text: string, random: Chance): string => {
  let so = text;
  for (let times = random(3); times > 0; times -= 1) so = oneOf(MUTATIONS, random)(so, random);
  return so;
};
