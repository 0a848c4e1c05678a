/** What GitLab puts before and into the lines of a trace: marks of sections, colours, and the time stamps of newer runners. */
const SECTION = /section_(?:start|end):\d+:[\w.-]+(?:\[[^\]]*\])?\r?/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with ESC
const COLOUR = /\u001b\[[0-9;?]*[A-Za-z]/g;
/** Colours of a text that lost its ESC characters on the way, as in what people paste. */
const PASTED_COLOUR = /\[(?:0K|0;m|\d\d?;\d\d?m|\d\d?;m)/g;
const STAMP = /^(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z(?: \d\d[OE]\+?)? ?)+/;

/** A line of a job's trace or of a terminal as people see it: without colours, marks of sections, time stamps, and what was overwritten. */
export function plainLine(line: string): string {
  let text = line;
  if (text.includes('section_')) text = text.replace(SECTION, '');
  if (text.includes('\u001b')) text = text.replace(COLOUR, '');
  if (text.includes('[0')) text = text.replace(PASTED_COLOUR, '');
  if (text.includes('\r')) text = text.split('\r').findLast((part) => part.trim() !== '') ?? '';
  return STAMP.test(text) ? text.replace(STAMP, '') : text;
}
