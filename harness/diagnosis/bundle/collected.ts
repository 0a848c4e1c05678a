import type { Unread } from './bundle.ts';

/** What `collect` says of what it could not take. */
const COLLECTED = /(?:^|\/)collected\.txt$/;
const SIGNED = /^Collected on .* by proxyproof collect\./m;
const LINE = /^([\w./@-]+): (.+?)\.?$/;

/** What could not be taken, by collect's own report; undefined for a text that is none. */
export function notCollected(path: string, text: string): readonly Unread[] | undefined {
  if (!COLLECTED.test(path) || !SIGNED.test(text)) return undefined;
  return text.split(/\r?\n/).flatMap((line): readonly Unread[] => {
    const [, file, why] = LINE.exec(line) ?? [];
    if (file === undefined || why === undefined) return [];
    return [{ file, why: why.startsWith('it ') ? why.slice(3) : `was not made: ${why}` }];
  });
}

/** Files that hold what a command printed, as collect calls them. */
const OF_COMMAND =
  /(?:^|\/)(?:docker-(?:info|version)|systemctl-(?:show|version)|git-(?:config|version)|gitlab-runner-version|cntlm-version|listening|addresses)\.txt$/;
const ERROR =
  /^(?:error|fatal|failed|cannot|can't|unable|(?:got )?permission denied|system has not been booted|unit \S+ could not be found)\b|: (?:command )?not found$|no such file or directory$/i;
/** A line with one of these may hold a secret. */
const MAY_BE_SECRET = /@|=|(?<!unix):\/\//;

/** That a command failed, where its file holds nothing else; undefined for other files. */
export function failedCommand(path: string, text: string): string | undefined {
  if (!OF_COMMAND.test(path)) return undefined;
  const line = text.split(/\r?\n/).find((each) => ERROR.test(each.trim()));
  if (line === undefined || line.length > 300 || MAY_BE_SECRET.test(line)) return undefined;
  return `holds an error alone, as the command failed: ${line.trim().replace(/\.$/, '')}`;
}
