/** What a report for the makers of a runner says, each part as Markdown. */
export interface BugReport {
  readonly summary: string;
  readonly steps: string;
  /** What was seen, and what should be. */
  readonly actual: string;
  readonly expected: string;
  readonly logs: readonly string[];
  readonly environment: readonly string[];
  /** As `gitlab-runner --version` says it, or as much of it as is known. */
  readonly version: string;
  readonly fixes: string;
}

/** A bug report with the headings of gitlab-runner's own template (.gitlab/issue_templates/Bug.md of its repository). */
export const bugReport = (bug: BugReport): string =>
  `${[
    '## Summary',
    bug.summary,
    '## Steps to reproduce',
    bug.steps,
    '## Actual behavior',
    bug.actual,
    '## Expected behavior',
    bug.expected,
    '## Relevant logs and/or screenshots',
    ...bug.logs,
    '## Environment description',
    ...bug.environment,
    '### Used GitLab Runner version',
    bug.version,
    '## Possible fixes',
    bug.fixes,
    '/label ~bug ~"group::runner" ~"Category:Runner Core"',
  ].join('\n\n')}\n`;

/** A text that is folded until somebody opens it. Its fence is longer than any in the text. */
export function foldedText(title: string, language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `<details>\n<summary> ${title} </summary>\n\n${fence}${language}\n${text.trimEnd()}\n${fence}\n</details>`;
}

export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
