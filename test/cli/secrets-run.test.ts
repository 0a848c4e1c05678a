import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { Secrets } from '../../harness/ledger/index.ts';
import { ENCODINGS, SECRETS } from '../ledger/_secrets.ts';
import { readable } from '../report/packs.ts';
import { REPORT_FILES } from '../report/report-files.ts';
import { expectFailed } from './_failed.ts';
import { put, scratch, tool } from './_tool.ts';

/** Cases of ours from several families, besides the team's. */
const OURS = ['polling/authenticates', 'rate-limit/through-proxy', 'git/credentials-not-in-trace'];

afterEach(() => vi.restoreAllMocks());

/** Every secret that is declared from now on, in whichever world. */
function declared(): ReadonlySet<string> {
  const known = new Set<string>();
  const { add, addCredentials } = Secrets.prototype;
  vi.spyOn(Secrets.prototype, 'add').mockImplementation(function (this: Secrets, name, value) {
    // An empty password is no secret, nor is a user alone.
    if (value !== '') known.add(value);
    return add.call(this, name, value);
  });
  vi.spyOn(Secrets.prototype, 'addCredentials').mockImplementation(function (this: Secrets, name, user, password) {
    if (password !== '') known.add(password).add(`${user}:${password}`);
    addCredentials.call(this, name, user, password);
  });
  return known;
}

/**
 * Forty cases, each with a proxy whose password is one of the secrets. It is in the job's and the runner's environment, in a
 * variable that says nothing, and in every encoding in the job's trace, in lines of a log and in steps of the scenario.
 */
const scenario = (side: string): string => `
import { readFileSync } from 'node:fs';
const planted = JSON.parse(readFileSync(${JSON.stringify(join(side, 'planted.json'))}, 'utf8'));
export default {
  id: 'team/planted',
  asks: 'Does it?',
  requires: { level: 'R', cites: 'Our rules, page 1', holds: 'It does.' },
  explains: 'It is looked at.',
  axes: { nth: { values: planted.map((_, at) => String(at)) } },
  abilities: () => [],
  mutants: [],
  waits: () => 0,
  world: ({ axes: { nth } }) => ({
    proxy: { kind: 'keep-alive', auth: { scheme: 'basic', user: 'CORP\\\\bob', password: planted[nth].secret } },
    gitlab: { jobs: [{ script: ['cat ${side}/' + nth + '.txt', 'env'] }] },
  }),
  act: async ({ world, subject, axes: { nth } }) => {
    const { secret, forms } = planted[nth];
    const proxy = world.proxy.url;
    for (const form of forms) {
      world.ledger.record('subject', { kind: 'log', stream: 'stderr', line: 'says ' + form, fields: { [form]: form } });
      const half = Math.ceil(form.length / 2);
      for (const line of ['first ' + form.slice(0, half), form.slice(half) + ' second']) {
        world.ledger.record('subject', { kind: 'log', stream: 'stderr', line });
      }
      world.mark('planted', 'a step with ' + form);
    }
    await subject.run({
      url: world.gitlabUrl, token: world.gitlab.tokens.runner, checkInterval: 1,
      env: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, SETTING: secret },
      environment: ['HTTP_PROXY=' + proxy, 'SETTING=' + secret],
    });
    await world.until('the end of the job', (seen) => seen.of('job').some(({ what }) => what === 'finished'), 60_000);
  },
  judge: (evidence, { axes }) => [{
    verdict: Number(axes.nth) % 2 ? 'holds' : 'fails',
    expected: 'a quiet job',
    observed: evidence.of('job').find(({ what }) => what === 'finished').trace.text,
    evidence: evidence.events.map(({ seq }) => seq),
  }],
};
`;

/** How a text may stand in an artifact: JSON, XML and HTML have their own escapes. */
const asWritten = (form: string): readonly string[] => {
  const json = JSON.stringify(form).slice(1, -1);
  const html = form.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  return [
    form,
    json,
    JSON.stringify(json).slice(1, -1),
    html,
    html.replaceAll("'", '&#39;'),
    html.replaceAll("'", '&apos;'),
  ];
};

/** Base64 with any neighbours: what they have no part in, at each place in a group where it may begin. */
function base64Cores(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const core = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** Which of many forms stand in a text: one look at each character, for the texts are long and the forms are many. */
function standingIn(text: string, forms: ReadonlySet<string>): readonly string[] {
  const byHead = Map.groupBy(forms, (form) => form.slice(0, 4));
  const found = new Set<string>();
  for (let at = 0; at + 4 <= text.length; at++) {
    for (const form of byHead.get(text.slice(at, at + 4)) ?? []) if (text.startsWith(form, at)) found.add(form);
  }
  return [...found].map(
    (form) => `${form} in …${text.slice(Math.max(0, text.indexOf(form) - 60), text.indexOf(form) + 90)}`,
  );
}

const formsOf = (secret: string): readonly string[] => [
  ...new Set([...Object.values(ENCODINGS).map((encode) => encode(secret)), ...base64Cores(secret)].flatMap(asWritten)),
];

test.each([
  ['reference', ['team/*', ...OURS]],
  ['reference:prints-proxy-password-in-trace', OURS],
])(
  'of forty secrets in every encoding, and all that %s was given, none is in any artifact',
  async (runner, globs) => {
    await using place = await scratch();
    const planted = SECRETS.map((secret) => ({
      secret,
      forms: Object.values(ENCODINGS).map((encode) => encode(secret)),
    }));
    writeFileSync(join(place.dir, 'planted.json'), JSON.stringify(planted));
    for (const [nth, { forms }] of planted.entries()) writeFileSync(join(place.dir, `${nth}.txt`), forms.join('\n'));
    await put(join(place.dir, 'team', 'planted.mjs'), scenario(place.dir));
    const secrets = declared();
    const { out, err, code } = await tool(
      place.dir,
      ...[
        'run',
        ...globs,
        '--runner',
        runner,
        '--scenarios',
        'team',
        '--report',
        'report',
        '--verbose',
        '--max-time',
        '5m',
      ],
    );
    expectFailed({ code, out, err });
    const own = globs.length > OURS.length ? SECRETS.length : 0;
    for (const secret of SECRETS) expect(secrets.has(secret)).toBe(own > 0);
    expect(secrets.size).toBeGreaterThan(2 * own + 10);
    const report = join(place.dir, 'report');
    const artifacts = readdirSync(report).toSorted();
    expect(artifacts).toEqual(REPORT_FILES);
    const texts = artifacts.map((name) => [name, readable(name, readFileSync(join(report, name), 'utf8'))] as const);
    // The secrets were on the wire, in the trace and in the log, or the search proves nothing.
    const ledger = texts.find(([name]) => name === 'ledger.ndjson')?.[1] ?? '';
    expect(ledger.match(/says [^"]*«proxy-credentials-password»/g)?.length ?? 0).toBeGreaterThanOrEqual(own * 10);
    expect(ledger.match(/"Proxy-Authorization","Basic «[^»]+»"/gi)?.length).toBeGreaterThan(own);
    const forms = new Set([...secrets].flatMap(formsOf).filter(({ length }) => length >= 4));
    for (const [name, text] of [...texts, ['the terminal', out + err] as const]) {
      expect(standingIn(text, forms), name).toEqual([]);
    }
  },
  600_000,
);
