import { causes, type Diagnosis, reachOf } from '../../diagnosis/index.ts';
import { percentDecode, percentEncode } from '../../url/index.ts';
import { publicNames } from './public-names.ts';

/** Shorter ones stand in many a word; they are masked by the shape of what they stand in alone. */
const SHORTEST = 4;
/** How much of a line is looked at, in characters. */
const MOST = 20_000;
/** What a line has to hold before it is looked at more closely. */
const HINT = /@|%40|:[/\\]|\/\/|pass|pwd|token|secret|auth|key|login|cred|user|gl[a-z]{2,5}-|-[uU]\b/i;

/** The same for logs, which are long, full of URLs, and quoted line by line. */
const HINT_IN_LOG = /@|%40|pass|pwd|token|secret|authori|_auth|cred|gl[a-z]{2,5}-[\w-]{10}|\s-[uU]\s/i;

/** A word into which one wrong sign may have got. */
const spoiled = (word: string): string => [...word].join('\\W{0,2}');
const SECRETS = `pass(?:${['word', 'wd', 'phrase', 'nt', 'lm', 'ntlmv2'].map(spoiled).join('|')})?|p\\W?a\\W?s\\W?s|pwd|${['token', 'secret', '_auth', 'credential'].map(spoiled).join('|')}|(?:api|access|secret|private)_?key|proxy[-_](?:user|login)`;
/** Names of what is secret, with what stands between them and it. */
const NAMED = new RegExp(
  `(?<name>[\\w.:-]{0,40}(?:${SECRETS})[\\w-]{0,40}(?:[^\\w\\s=:>"'][\\w-]{0,40})?)\\s{0,40}["']?\\s{0,40}[=:>]\\s{0,40}(?<value>[^\\n]+)`,
  'gi',
);
const SPACED = /(?:^\s*|\s)(?:pass(?:word|wd|nt|lm|ntlmv2))[ \t]+(?<value>[^\n]+)/gi;
/** The name of a key, which is no secret as such; `SecretAccessKey` is. */
const KEY_ID = /^(?!.*secret).*access_?key(?:_?id)?$/i;
/** As keys are made: of 8 signs and more with digits and capitals, or of 16 and more in one piece with digits. */
const MADE = /^(?=.*\d)(?=.*[A-Z])\S{8,}$|^(?=[a-z]*\d)[a-z\d]{16,}$/;
/** Names that hold one of those words and are of something else. */
const OF_ANOTHER = /(?:file|path|dir|url|_at|stdin|expires\w*|type|env|username|ttl|server|store|helper)s?$/i;
const HEADER =
  /\b(?:proxy-)?authorization["']?\s*[:=]\s*["']?(?:(?:basic|bearer|ntlm|negotiate|digest)\s+)?(?<value>[^\s"'\\]+)/gi;
/** What may be a user and a password in Base64. */
const BASE64 = /[A-Za-z0-9+/]{10,}={0,2}/g;
const OPTION =
  /(?:^|\s)(?:-[uUp]|--(?:proxy-)?(?:user|password|passwd|pass|token))(?:\s+|=)(?<value>"[^"\n]*"|'[^'\n]*'|[^\s"']+)/g;
/** How much of a line before an option is looked at for its program, in characters. */
const BEFORE = 300;
/** Programs to which -u, -U and -p mean a unit, an account, a port or a directory. */
const OF_OTHER_PROGRAM =
  /(?:^|[\s;&|(/])(?:cp|crontab|date|docker(?:[ -]compose)?\s+(?:container\s+)?(?:compose|create|exec|run)|git|id|install|journalctl|mkdir|nc|netstat|ps|python3?|runuser|scp|set|sort|ss|ssh|su|sudo|systemctl|tar|touch|useradd|usermod|umask)\s(?!.*\b(?:curl|wget|login|mysql\w*|psql|htpasswd|svn|ldap\w+)\b)[^;&|]*$/;
const SHAPED =
  /\b(?:gl(?:pat|rt|cbt|dt|ptt|soat|ft|imt|agent|oas|rtr)-[\w.-]+|gh[pousr]_\w+|npm_\w{20,}|GR1348941[\w-]+)/g;

/** Where a URL begins, however it is written, and what may be its userinfo: all up to an @ that a host follows. */
const URL_START = /(?:\b[a-z][a-z0-9+.-]{0,30}(?::[/\\]+|[^\w\s]?[/\\]{2})|:\/\/)(?:[a-z][a-z0-9+.-]{0,30}:?\/\/)*/gi;
/** A user and what is no port behind it, with nothing left of the host: a line that was cut. */
const CUT_URL =
  /\b[a-z][a-z0-9+.-]{0,30}(?:\W?[/\\]{2}|:[/\\])(?:[a-z]+:?\/\/)*(?<user>[^\s:/@"'[]+):(?<password>[^\n]+)$/gi;
/** The same at the end of a list, without a scheme. */
const CUT_ENTRY = /proxy\w*["']?\s*[=:].*[,=](?<user>[\w\\]+):(?<password>(?=\S*\d)(?=\S*[a-z])[^\s,@]{5,})$/gi;
const NO_PASSWORD = /^(?:[0-9a-f:.\]]*(?:[/;,"'\s].*)?|[\W_A-Z]*|\d{2,6}(?:[^\dA-Za-z].*|[A-Za-z])?)$/;
const LAST_AT = /(?:@|%40)(?=[\w[.:-]|["']?\s*$)/gi;
/** A line with nothing else in it. */
const ALONE = /^\W*(?<userinfo>[\w\\.-]+:\S.*)@[\w.[\]-]+(?::\d+)?\/?["',;]*\s*$/;
const ASSIGNED = /proxy\w*["']?\s*[=:]\s*(?<value>[^\n]+)/gi;
const BARE = /(?:^|[\s=,;"'`(<|])(?<value>[^\s=,;"'`(<|:@/]{1,100}:(?![/\\])\S{1,300}?)@(?=[\w[])/g;
/** The same in quotation marks, where a blank is no end. */
const QUOTED = /["'](?<value>[^\s"':@/]{1,100}:[^\s"'/\\][^"'\n]{0,300})@(?=[\w[])/g;

/** Ends that quotation marks make: another assignment or value begins behind them. */
const QUOTED_END = /["']\s*(?:[,;\])}>]|\s["'\w[]|$)/;

/** What is no secret although it stands where one may stand: a reference, and what masks one. */
const NO_SECRET = /^(?:\$\{?\w+\}?|%\w+%|\{\{.*\}\}|\[(?:REDACTED|MASKED|FILTERED)\]|[x*•.…-]+|«.*»|\d{1,5})$/i;

/** Words of our own: in sentences they are no secrets, even where somebody's password is the same. */
let vocabulary: ReadonlySet<string> | undefined;
const isWord = (text: string): boolean => {
  vocabulary ??= new Set(
    causes
      .flatMap(({ id, title, seen, fix }) => `${id} ${title} ${seen} ${fix}`.split(/[^\p{L}\p{N}]+/u))
      .concat('true', 'false', 'null', 'none', 'example', 'https', 'password', 'proxy-user', 'username')
      .map((word) => word.toLowerCase()),
  );
  return vocabulary.has(text.toLowerCase());
};

/** Every secret that the files of a diagnosis hold, in each spelling in which it may be quoted; the longest first. */
export function secretsOf(diagnosis: Diagnosis): readonly string[] {
  const { picture, findings } = diagnosis;
  const found = new Set<string>();
  const reach = reachOf(picture);
  // A line of failure is quoted where nothing is found.
  const places: readonly { readonly file: string; readonly line?: number }[] =
    reach.kind === 'unexplained' ? [...findings, reach.first] : findings;
  const quoted = Map.groupBy(places, ({ file }) => file);
  for (const [text, documents] of Map.groupBy(picture.documents, ({ piece }) => piece.text)) {
    const [{ piece } = { piece: undefined }] = documents;
    if (!documents.every(({ kind }) => kind === 'log' || kind === 'squid-log')) fromText(text, found);
    else {
      const lines = quoted.get(piece?.file ?? '')?.map(({ line = 0 }) => line - (piece?.skipped ?? 0));
      fromText(text, found, { hint: HINT_IN_LOG, quoted: new Set(lines) });
    }
  }
  for (const document of picture.documents) if (document.kind === 'cntlm') fromCntlm(document.piece.text, found);
  const names = publicNames(diagnosis);
  return [...found].filter((each) => !names.has(each.toLowerCase())).sort((a, b) => b.length - a.length);
}

/** Of lines those with a hint are looked at, and those that are quoted. */
function fromText(
  text: string,
  found: Set<string>,
  { hint, quoted }: { readonly hint: RegExp; readonly quoted: ReadonlySet<number> } = { hint: HINT, quoted: new Set() },
): void {
  let number = 0;
  for (const whole of text.split(/\r\n?|\n/)) {
    number += 1;
    // Nobody writes a longer line by hand, and patterns would take long for it.
    const line = whole.slice(0, MOST);
    if (!hint.test(line) && !(quoted.has(number) && HINT.test(line))) continue;
    for (const value of namedIn(line)) addNamed(value, found);
    for (const pattern of [SPACED, HEADER])
      for (const { groups } of line.matchAll(pattern)) addNamed(groups?.['value'] ?? '', found);
    for (const { groups, index } of line.matchAll(OPTION))
      if (!OF_OTHER_PROGRAM.test(`${line.slice(Math.max(0, index - BEFORE), index)} `))
        addNamed(groups?.['value'] ?? '', found);
    for (const [word] of line.matchAll(BASE64)) addUserinfo(decodedBase64(word) ?? '', found);
    for (const [token] of line.matchAll(SHAPED)) add(token, found);
    for (const userinfo of userinfosIn(line)) addUserinfo(userinfo, found);
  }
}

/** What stands behind the names of secrets; behind the name of something else another may follow. */
function* namedIn(line: string): Generator<string> {
  for (const { groups } of line.matchAll(NAMED)) {
    const { name = '', value = '' } = groups ?? {};
    if (isOfSecret(name, value)) yield value;
    else yield* namedIn(value);
  }
}

/** Whether what stands behind a name is a secret. */
const isOfSecret = (name: string, value: string): boolean =>
  !OF_ANOTHER.test(name) && (!KEY_ID.test(name) || MADE.test(value.replace(/^["']|["',;\s]*$/g, '')));

/** Lines of cntlm.conf that cntlm knows no word of: a password that a line break was put into. */
function fromCntlm(text: string, found: Set<string>): void {
  for (const line of text.split(/\r\n?|\n/)) {
    const word = /^\s*(\w+)/.exec(line)?.[1] ?? '';
    const [, password] = /pass(?:word|nt|lm|ntlmv2)\s+(.+)$/i.exec(line) ?? [];
    if (password !== undefined) addWithPieces(password, found);
    const [, behind] = /^\s*(?:username|domain)\s+\S+\s+([^#]+)/i.exec(line) ?? [];
    if (behind !== undefined) addWithPieces(behind.trim(), found);
    addUserinfo(beforeHost(/^\s*proxy\s+(?:\w+:?[/\\]+)*(.+)$/i.exec(line)?.[1] ?? '') ?? '', found);
    if (/^\s*(?:#|$)/.test(line) || CNTLM_KEYS.test(word)) continue;
    addWithPieces(line.trim(), found);
  }
}
const CNTLM_KEYS =
  /^(?:allow|auth|deny|domain|flags|gateway|header|isa\w+|listen|noproxy|ntlmtobasic|pac|pass\w*|proxy|socks5proxy|socks5user|tunnel|user\w*|workstation)$/i;

/** A value behind a name: what its quotation marks hold, or else its first word; a URL without userinfo is none. */
function addNamed(value: string, found: Set<string>): void {
  const text = value.replace(/<\/.*$/, '').trim();
  const quoted = /^(["'])(.*)\1\s*[,;]?$/.exec(text)?.[2] ?? /^(["'])(.*?)\1(?=[\s,;)\]}]|$)/.exec(text)?.[2];
  const open = text.replace(/^["']/, '');
  const bare = open.slice(0, QUOTED_END.exec(open)?.index ?? open.length);
  for (const each of new Set([quoted ?? bare, quoted ?? bare.split(/\s/)[0] ?? ''])) {
    if (/^\w+:\/\//.test(each)) continue;
    if (each === bare && /\s/.test(each)) {
      add(each, found);
      continue;
    }
    addWithPieces(each, found);
    const decoded = decodedBase64(each);
    if (decoded !== undefined) addUserinfo(decoded, found);
    else if (each.includes(':')) addUserinfo(each, found);
  }
}

/** A secret, and what is left of it where a reader takes a sign in it for an end. */
function addWithPieces(secret: string, found: Set<string>): void {
  add(secret, found);
  for (const piece of secret.split(PIECES)) add(piece, found);
}
const PIECES = /[\s"'`@/#?,;:\\&$%<>=|]+/;

/** What may be a user and a password before a host in a line. */
function userinfosIn(line: string): readonly string[] {
  const starts = [...line.matchAll(URL_START)].map(({ index, 0: start }) => [index, index + start.length] as const);
  const parts = starts.map(([, from], at) => line.slice(from, starts[at + 1]?.[0]));
  const assigned = [...line.matchAll(ASSIGNED)].map(({ groups }) =>
    (groups?.['value'] ?? '').replace(/^\W*(?:\w+:?[/\\]+)*/, ''),
  );
  const bare = [BARE, QUOTED].flatMap((pattern) =>
    [...line.matchAll(pattern)].map(({ groups }) => groups?.['value'] ?? ''),
  );
  const cut = [...line.matchAll(CUT_URL)].flatMap(({ groups, index }) => {
    const { user = '', password = '' } = groups ?? {};
    // In a quotation that has no end a blank is no end either.
    const isOpen = (line.slice(0, index).split('"').length - 1) % 2 === 1 && !password.includes('"');
    return [...cutUserinfo(user, password), ...(isOpen ? [`${user}:${password}`] : [])];
  });
  const whole = ALONE.exec(line)?.groups?.['userinfo'] ?? '';
  const last = [...line.matchAll(CUT_ENTRY)].flatMap(({ groups }) =>
    cutUserinfo(groups?.['user'], groups?.['password']),
  );
  return [whole, ...bare, ...cut, ...last, ...[...parts, ...assigned].flatMap((part) => beforeHost(part) ?? [])];
}

function cutUserinfo(user = '', rest = ''): readonly string[] {
  const password = rest.slice(0, QUOTED_END.exec(rest)?.index ?? rest.length).split(/\s/)[0] ?? '';
  return password.includes('@') || NO_PASSWORD.test(password) ? [] : [`${user}:${password}`];
}

function beforeHost(part: string): string | undefined {
  const end = QUOTED_END.exec(part)?.index ?? part.length;
  const at = [...part.slice(0, end).matchAll(LAST_AT)].at(-1)?.index ?? [...part.matchAll(LAST_AT)].at(0)?.index;
  if (at === undefined) return undefined;
  const userinfo = part.slice(0, at);
  if (part.startsWith('@sha256:', at)) return undefined;
  // With blanks it is one only if a user and a colon stand before them.
  return /^(?:[^\s:]*|[^\s:]*:\d+(?:\/\S*)?)\s/.test(userinfo) ? undefined : userinfo;
}

function addUserinfo(userinfo: string, found: Set<string>): void {
  const colon = userinfo.indexOf(':');
  if (colon < 0) return;
  const password = userinfo.slice(colon + 1);
  add(userinfo, found);
  addWithPieces(password, found);
  for (const each of new Set([userinfo, percentDecode(userinfo), percentDecode(userinfo.replaceAll('%%', '%'))]))
    found.add(Buffer.from(each).toString('base64'));
}

function add(secret: string, found: Set<string>): void {
  if (secret.length < SHORTEST || NO_SECRET.test(secret) || isWord(secret)) return;
  const single = secret.replaceAll('%%', '%');
  const plain = new Set([secret, single, percentDecode(single), unescaped(secret), secret.replaceAll('$$', '$')]);
  for (const each of plain) {
    if (each.length < SHORTEST || isWord(each)) continue;
    found.add(each);
    found.add(percentEncode(each));
    // As browsers do it, with !'()* as they are.
    found.add(percentEncode(each).replace(/%(?:2[1789A])/g, percentDecode));
    found.add(JSON.stringify(each).slice(1, -1));
    if (each.length >= 6) found.add(Buffer.from(each).toString('base64').replace(/=+$/, ''));
  }
}

const unescaped = (text: string): string =>
  text
    .replace(/\\(.)/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** What Base64 stands for, where that is a user and a password. */
function decodedBase64(text: string): string | undefined {
  if (!/^[\w+/-]{6,}={0,2}$/.test(text)) return undefined;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return /^[\x20-\x7e\u00a0-\uffef]+:[\x20-\x7e\u00a0-\uffef]+$/.test(decoded) ? decoded : undefined;
}
