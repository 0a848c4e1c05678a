import type { Stage } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { passNtlmv2 } from '../../recipes/index.ts';
import { percentEncode } from '../../url/index.ts';
import { pageCntlmConf } from '../cntlm/cntlm.ts';
import { traceLines } from '../job/trace.ts';

/** Where a search is made: the container of the job's script, or the helper's. */
export type SearchedContainer = 'build' | 'helper';

const WORD = 'proxyproof-search';
const LINE = new RegExp(`^${WORD} (build|helper): (.*)$`);
const DONE = /^looked at (\d+) places$/;

/** Every form in which the password could have been written. */
function needles(stage: Pick<Stage, 'world'>): string[] {
  const { username, domain, password } = pageCntlmConf(stage);
  const base64 = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '');
  const hash = passNtlmv2({ username, domain, password });
  return [
    password,
    encodeURIComponent(password),
    percentEncode(password),
    base64(`${username}:${password}`),
    base64(`${domain}\\${username}:${password}`),
    hash,
    hash.toLowerCase(),
  ];
}

/**
 * Looks through everything that a process in a container can read: its environment, /proc, git's configuration, and
 * every file outside of /usr, where only the image's own are, but for what is mounted there. What is looked for comes in hexadecimal and backwards, or
 * the search would find itself.
 */
const PROGRAM = `
my ($place, @needles) = @ARGV;
@needles = map { scalar reverse pack "H*", $_ } @needles;
my $looked = 0;
sub look {
  my ($where, $text) = @_;
  $looked++;
  for (@needles) { if (index($text, $_) >= 0) { print "${WORD} $place: found in $where\\n"; last } }
}
sub content { open my $file, "<", $_[0] or return ""; local $/; my $text = <$file>; defined $text ? $text : "" }
look("the variable $_", $ENV{$_}) for sort keys %ENV;
for my $process (glob "/proc/[0-9]*") { look("$process/$_", content("$process/$_")) for ("environ", "cmdline") }
look("the configuration of git", scalar \`git config --list 2>/dev/null\`);
my @skipped = map { ("-path", $_, "-prune", "-o") } ("/proc", "/sys", "/dev", "/usr");
my @mounted = grep { index($_, "/usr/") == 0 } map { (split " ")[4] } split "\\n", content("/proc/self/mountinfo");
open my $files, "-|", "find", "/", @mounted, @skipped, "-type", "f", "-size", "-2048k", "-print";
while (<$files>) { chomp; look("the file $_", content($_)) }
print "${WORD} $place: looked at $looked places\\n";
`;

/** A line of a shell that makes the search, and says where it found something. */
export function searchForPassword(stage: Pick<Stage, 'world'>, place: SearchedContainer): string {
  const hidden = needles(stage).map((each) => Buffer.from(each).reverse().toString('hex'));
  return `perl -e '${PROGRAM.trim().replace(/\n\s*/g, ' ')}' ${place} ${hidden.join(' ')}`;
}

/** What a search in a container came to; undefined when it was not made. */
export function passwordSearch(
  evidence: Evidence,
  place: SearchedContainer,
): { looked: number; found: readonly string[] } | undefined {
  const said = traceLines(evidence).flatMap((line) => {
    const [, where, what = ''] = LINE.exec(line) ?? [];
    return where === place ? [what] : [];
  });
  const looked = said.map((what) => DONE.exec(what)?.[1]).find((count) => count !== undefined);
  if (looked === undefined) return undefined;
  return {
    looked: Number(looked),
    found: said.filter((what) => !DONE.test(what)).map((what) => what.replace('found in ', '')),
  };
}
