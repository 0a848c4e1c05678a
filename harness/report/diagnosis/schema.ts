import { z } from 'zod';

const file = z.string().describe('A file, as the bundle names it.');
const line = z.int().min(1).describe('From 1.');
const severity = z
  .enum(['error', 'warning', 'note'])
  .describe(
    'error: it does not work as meant. warning: it works for some clients, versions or targets only. note: true and worth a line, never a verdict.',
  );

const edit = z
  .strictObject({
    file,
    line,
    to: z
      .string()
      .describe(
        'The line as it should be, whole, secrets masked; an empty text takes it away, line ends make several.',
      ),
  })
  .describe('A change of one line. --fix carries it out.');

const finding = z
  .strictObject({
    cause: z.string().describe('Its id; --explain prints its page.'),
    severity,
    file,
    line: line.exactOptional(),
    says: z.string().describe('What is wrong, and what comes of it.'),
    remedy: z.strictObject({
      says: z.string(),
      edits: z.array(edit).exactOptional().describe('Where it is certain what has to stand there.'),
      effect: z
        .string()
        .exactOptional()
        .describe('What to do for the edits to count, such as a restart, or why nothing.'),
    }),
    runner: z.string().exactOptional().describe('The runner concerned, where config.toml has several.'),
  })
  .describe('A cause that was found. The gravest comes first.');

const setting = z
  .strictObject({
    name: z.string().describe('As it is written: HTTP_PROXY, https_proxy and so on.'),
    value: z.string().describe('Secrets masked.'),
    of: z
      .string()
      .describe('Whose it is: service, jobs, service-container, ci, daemon-json, docker-cli, shell, dump, git.'),
    unit: z.string().exactOptional(),
    runner: z.string().exactOptional(),
    effective: z.boolean().describe('Whether nothing later replaces it.'),
    file,
    line,
  })
  .describe('A proxy variable that some file sets.');

const route = z
  .strictObject({
    actor: z.string().describe('Such as gitlab-runner, dockerd, or git in jobs of NAME.'),
    host: z.string().describe('With its port.'),
    via: z
      .enum(['direct', 'proxy', 'error', 'unknown'])
      .describe('error: the program gives up before it asks anybody. unknown: what would tell was not handed over.'),
    proxy: z.string().exactOptional().describe('Its address, without credentials.'),
    because: z.strictObject({ name: z.string(), file, line }).exactOptional().describe('The variable that decides.'),
  })
  .describe('How a program goes to a host.');

/** What `check --json` prints. */
export const checkSchema = z.strictObject({
  findings: z.array(finding),
  picture: z.strictObject({
    settings: z.array(setting),
    gitlab: z.array(z.string()).describe("GitLab's hosts."),
    routes: z.array(route),
  }),
  read: z.array(z.strictObject({ file, as: z.string().describe('The kind of file that it was taken for.') })),
  unread: z.array(z.strictObject({ file, why: z.string().describe('Completes the sentence "it …".') })),
  asks: z
    .array(z.strictObject({ command: z.string(), decides: z.string() }))
    .describe("What to run on the runner's host when no cause is certain, the smallest first."),
  reach: z
    .strictObject({
      kind: z
        .enum(['no-log', 'succeeded', 'unexplained', 'quiet'])
        .describe(
          'no-log: the files do not show whether it works. succeeded: a job did. unexplained: a line of failure of no known cause. quiet: neither.',
        ),
      file: file.exactOptional(),
      line: line.exactOptional(),
    })
    .exactOptional()
    .describe('How far it goes that nothing is wrong; only where no error and no warning was found.'),
});

/** The published JSON schema of what `check --json` prints. */
export function checkJsonSchema(): Record<string, unknown> {
  const { $schema, ...rest } = z.toJSONSchema(checkSchema, { target: 'draft-2020-12' });
  return { $schema, $id: 'urn:proxyproof:check', title: 'proxyproof check --json', ...rest };
}
