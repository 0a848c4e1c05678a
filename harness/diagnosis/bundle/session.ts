/** A part of what somebody pasted from a terminal. */
export interface SessionPart {
  /** The line with the command that shows a file or a setting; undefined for a part that is left as it was. */
  readonly command: string | undefined;
  /** How many lines of the whole stand before the part's text. */
  readonly skipped: number;
  readonly text: string;
}

/** A prompt of root or of a user, and a command that a comment would hardly begin with. */
const PROMPT =
  /^(?:\[?[\w.-]+@[\w.:~ /-]+\]?)?[#$] (?:sudo )?(?:cat|sed|grep|head|tail|ls|systemctl|docker|journalctl|env|printenv|ss|ip|curl|git|gitlab-runner|cntlm|openssl|getent)\b/;
/** What prints a file, or what a program is set to. */
const SHOWS =
  /[#$] (?:sudo )?(?:cat|sed|grep|head|tail|systemctl (?:show|cat)|docker (?:info|version)|env|printenv|ss|ip|gitlab-runner --version)\b/;
/** A job's trace has prompts, too. */
const TRACE = /Running with gitlab-runner|section_start:/;

/**
 * Takes apart what several commands printed, one after another in one paste. Only what shows a file or a setting becomes a part of its
 * own, without the line of the command; all else stays together.
 */
export function partsOfSession(text: string): readonly SessionPart[] {
  const whole = [{ command: undefined, skipped: 0, text }];
  if (TRACE.test(text)) return whole;
  const lines = text.split('\n');
  const prompts = lines.flatMap((line, at) => (PROMPT.test(line) ? [at] : []));
  if (!prompts.some((at) => SHOWS.test(lines[at] ?? ''))) return whole;
  const parts: SessionPart[] = [];
  let rest = 0;
  const leave = (to: number): void => {
    const left = lines.slice(rest, to).join('\n');
    if (left.trim() !== '') parts.push({ command: undefined, skipped: rest, text: left });
  };
  for (const [nth, at] of prompts.entries()) {
    const command = lines[at] ?? '';
    if (!SHOWS.test(command)) continue;
    leave(at);
    rest = prompts[nth + 1] ?? lines.length;
    parts.push({ command, skipped: at + 1, text: lines.slice(at + 1, rest).join('\n') });
  }
  leave(lines.length);
  return parts;
}
