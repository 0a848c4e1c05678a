import { quote } from '../job/shell-quote.ts';

/** Go's clients take the upper-case variable first, and for http as well, which curl does not. */
const BY_PROXY = `export http_proxy="\${HTTP_PROXY:-\${http_proxy:-}}" https_proxy="\${HTTPS_PROXY:-\${https_proxy:-}}"
export no_proxy="\${NO_PROXY:-\${no_proxy:-}}"`;

const DIRECT = 'unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY';

/**
 * `ask WHAT GOOD …` makes a request with curl's arguments, three times at most, and says what became of it; its answer is
 * in `$answer`. GitLab's CA counts besides those of the container. Where it is sent elsewhere, as to object storage, it shows no token there: the URL is signed. What is forbidden, missing or too large stays so.
 */
const ask = ({ retriesDirectly, verifies }: Way): string => `answer=$(mktemp)
bundle=$(mktemp)
trap 'rm -f "$answer" "$bundle"' EXIT
if [ -n "\${CI_SERVER_TLS_CA_FILE:-}" ]; then
  cat /etc/ssl/certs/ca-certificates.crt "$CI_SERVER_TLS_CA_FILE" >"$bundle" 2>/dev/null || true
  export CURL_CA_BUNDLE="$bundle"
fi
ask() {
  what=$1; good=$2; shift 2
  for try in 1 2 3; do
    status=$(curl ${verifies ? '' : '-k '}-sS -o "$answer" -w '%{http_code} %{redirect_url}' "$@") || true
    elsewhere=\${status#* }; status=\${status%% *}
    [ -z "$elsewhere" ] || status=$(curl ${verifies ? '' : '-k '}-sS -o "$answer" -w '%{http_code}' "$elsewhere") || true
    if [ "$status" = "$good" ]; then echo "$what ok status=$status"; return 0; fi
    echo "WARNING: $what failed status=$status"${retriesDirectly ? `\n    ${DIRECT}` : ''}
    case $status in 403|404|413) return 1;; esac
    sleep "$try"
  done
  return 1
}`;

/** By which way something is moved. */
interface Way {
  readonly byProxy: boolean;
  /** Whether it is tried without the proxy where that fails. */
  readonly retriesDirectly: boolean;
  /** Whether certificates are looked at. */
  readonly verifies: boolean;
}

const prelude = (way: Way): string => `${way.byProxy ? BY_PROXY : DIRECT}\n${ask(way)}`;

/** Packs what patterns name, below the directory that the script is in, and ends the script when that is nothing. */
const packed = (paths: readonly string[], archive: string): string => `shopt -s globstar nullglob dotglob
files=()
${paths.map((each) => `for each in ${pattern(each)}; do if [ -e "$each" ]; then files+=("$each"); fi; done`).join('\n')}
if [ "\${#files[@]}" -eq 0 ]; then echo 'ERROR: No files to upload'; exit 0; fi
mkdir -p "$(dirname ${quote(archive)})"
rm -f ${quote(archive)}
echo ${quote(paths.join(', '))}": found \${#files[@]} matching files"
zip -q -r -1 ${quote(archive)} -- "\${files[@]}"`;

/** A glob as a shell takes it: wildcards stay, everything else means itself. */
const pattern = (text: string): string =>
  text
    .replace(/^\.\//, '')
    .replace(/\/+$/, '')
    .replace(/[^\w./*?[\]{},-]/g, (each) => `\\${each}`);

/** What a mutant does to an archive. */
interface Spoiling {
  /** @param archive its path, quoted */
  readonly spoils: (archive: string) => readonly string[];
}

/** The upload of an archive of artifacts. */
export interface ArtifactUpload extends Spoiling, Way {
  readonly url: string;
  readonly token: string;
  readonly paths: readonly string[];
  readonly filename: string;
  readonly type: string;
  /** How often it is sent: once. */
  readonly times: number;
  readonly archive: string;
}

export const uploadScript = ({
  url,
  token,
  paths,
  filename,
  type,
  times,
  archive,
  spoils,
  ...way
}: ArtifactUpload): string =>
  [
    prelude(way),
    'echo "Uploading artifacts..."',
    packed(paths, archive),
    ...spoils(quote(archive)),
    ...Array.from(
      { length: times },
      () =>
        `ask ${quote(`Uploading artifacts as "${type}" to coordinator...`)} 201 -H 'Expect:' -H ${quote(`JOB-TOKEN: ${token}`)} \\
  -F ${quote(`file=@${archive};filename=${filename};type=application/octet-stream`)} ${quote(url)}`,
    ),
  ].join('\n');

/** The download of an earlier job's artifacts. */
export interface ArtifactDownload extends Way {
  readonly url: string;
  readonly token: string;
  /** Whether it is shown to whomever the download is sent to. */
  readonly tokenForAnybody: boolean;
  /** Whose they are, in words. */
  readonly of: string;
  /** What is run to unpack them. */
  readonly unpacks: (command: string) => string;
}

export const downloadScript = ({ url, token, tokenForAnybody, of, unpacks, ...way }: ArtifactDownload): string =>
  [
    prelude(way),
    `printf '%s\\n' ${quote(`Downloading artifacts for ${of}...`)}`,
    `ask 'Downloading artifacts from coordinator...' 200 ${tokenForAnybody ? '-L ' : ''}-H ${quote(`JOB-TOKEN: ${token}`)} ${quote(url)}`,
    unpacks('unzip -q -o "$answer"'),
  ].join('\n');

/** A cache, here and in its bucket. */
export interface CacheTransfer extends Way {
  readonly key: string;
  /** Without one, it is kept in the cache volume alone. */
  readonly url: string | undefined;
  /** Whether the trace shows it. */
  readonly printsUrl: boolean;
  readonly archive: string;
}

const shown = ({ url, printsUrl }: CacheTransfer): readonly string[] =>
  printsUrl && url !== undefined ? [`printf '%s\\n' ${quote(url)}`] : [];

export const restoreScript = (transfer: CacheTransfer): string => {
  const { key, url, archive } = transfer;
  return [
    prelude(transfer),
    ...shown(transfer),
    `echo "Restoring cache"; printf '%s\\n' ${quote(`Checking cache for ${key}...`)}`,
    ...(url === undefined
      ? ["echo 'No URL provided, cache will not be downloaded from shared cache server.'"]
      : [
          `if ask 'Downloading cache from the shared cache server...' 200 ${quote(url)}; then`,
          `mkdir -p "$(dirname ${quote(archive)})"; mv "$answer" ${quote(archive)}`,
          'fi',
        ]),
    `if [ -f ${quote(archive)} ] && unzip -q -o ${quote(archive)}; then echo 'Successfully extracted cache'`,
    "else echo 'WARNING: Failed to extract cache'; fi",
  ].join('\n');
};

/** What of a job is kept in its cache. */
export interface CacheSave extends CacheTransfer, Spoiling {
  readonly paths: readonly string[];
  /** Whether a cache that was there before is kept anew. */
  readonly keepsAgain: boolean;
}

export const saveScript = (transfer: CacheSave): string => {
  const { key, url, archive, paths, spoils, keepsAgain } = transfer;
  return [
    prelude(transfer),
    ...shown(transfer),
    `echo "Saving cache for successful job"; printf '%s\\n' ${quote(`Creating cache ${key}...`)}`,
    ...(keepsAgain ? [] : [`if [ -f ${quote(archive)} ]; then echo 'Archive is up to date!'; exit 0; fi`]),
    packed(paths, archive),
    ...spoils(quote(archive)),
    ...(url === undefined
      ? ["echo 'No URL provided, cache will not be uploaded to shared cache server.'"]
      : [
          `ask 'Uploading cache to the shared cache server...' 200 -H 'Expect:' -H 'Content-Type: application/octet-stream' \\`,
          `  -T ${quote(archive)} ${quote(url)} || { echo 'WARNING: Failed to create cache'; exit 1; }`,
        ]),
    "echo 'Created cache'",
  ].join('\n');
};
