import { causeOf, findCauses } from '../../diagnosis/index.ts';
import { causeAsText, causeInBrief } from '../../report/diagnosis/cause-page.ts';
import { EXIT, type ExitCode, type Terminal } from '../exit.ts';
import { print } from '../print.ts';

/** Prints the page of a cause, or the causes that a symptom may come from. */
export function explain(asked: string, { stdout, stderr }: Terminal): ExitCode {
  const cause = causeOf(asked);
  if (cause) {
    print(stdout, causeAsText(cause));
    return EXIT.ok;
  }
  const found = findCauses(asked);
  if (found.length === 0) {
    print(
      stderr,
      `No cause has "${asked}". Try other words of the log line or the complaint; docs/causes.md has all causes.\n`,
    );
    return EXIT.usage;
  }
  const width = Math.max(...found.map(({ id }) => id.length));
  const [first] = found;
  print(
    stdout,
    [
      `"${asked}" may come from:`,
      ...found.map((each) => causeInBrief(each, width)),
      '',
      `proxyproof check --explain ${first?.id ?? ''} says when it is so. The customer's files decide: proxyproof check FILES`,
      '',
    ].join('\n'),
  );
  return EXIT.ok;
}
