import type { Cause } from '../../diagnosis/index.ts';

/** The catalogue, as docs/causes.md. */
export function causesDocument(causes: readonly Cause[]): string {
  const groups = Map.groupBy(causes, ({ id }) => id.split('/')[0] ?? '');
  return [
    '# Causes',
    '',
    'What `proxyproof check` knows to go wrong behind a proxy. `npm run causes` writes this page from the catalogue; a test keeps it so.',
    '',
    'An *error* does not work as meant. A *warning* works for some clients, versions or targets only. A *note* is true and worth a line, and is shown with `--notes` only.',
    '',
    `There are ${causes.length}: ${[...groups].map(([group, of]) => `[${group}](#${group}) (${of.length})`).join(', ')}.`,
    '',
    ...[...groups].flatMap(([group, of]) => [`## ${group}`, '', ...of.flatMap(entry)]),
  ].join('\n');
}

const entry = ({ id, severity, title, seen, fix, symptoms = [] }: Cause): readonly string[] => [
  `### \`${id}\``,
  '',
  `**${severity}**: ${escaped(title)}`,
  '',
  `- So when: ${escaped(seen)}`,
  `- Remedy: ${escaped(fix)}`,
  ...(symptoms.length > 0 ? [`- Seen as: ${symptoms.map(quoted).join(', ')}`] : []),
  '',
];

/** What Markdown would take for markup. */
const escaped = (text: string): string => text.replaceAll(/[<>*_[\]\\|`]/g, (sign) => `\\${sign}`);

const quoted = (text: string): string => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
