import { UsageError } from '../conformance/errors.ts';
import { diagnose, isGrave, routesOf } from '../diagnosis/index.ts';
import { diagnosisAsJson } from '../report/diagnosis/as-json.ts';
import { diagnosisAsText } from '../report/diagnosis/as-text.ts';
import { maskOf } from '../report/diagnosis/mask.ts';
import { routeTable } from '../report/diagnosis/table.ts';
import { printableJson } from '../report/terminal/printable.ts';
import { explain } from './check/explain.ts';
import { fix } from './check/fix.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { looks } from './looks.ts';
import { flag, text } from './options.ts';
import { print } from './print.ts';
import { openCase } from './reproduce/open-case.ts';
import { type Invocation, type OptionValues, verb } from './verb.ts';

const options = {
  json: flag('prints what was found as JSON (schema/check.schema.json)'),
  notes: flag('shows notes, too: what is true and worth a line'),
  table: flag('prints only who goes by which proxy to which host, and by which line that is so'),
  fix: text('<dir>', 'writes the remedied files to a new directory, and checks them again', 'a directory'),
  explain: text(
    '<cause>',
    "prints a cause's page, or finds causes by what somebody saw: --explain 'docker push hangs'",
    "a cause's id or a symptom",
  ),
} as const;

/** A case that was written down is read for its files. */
const NOTHING_SET = { intercept: false, set: [] };

/** `proxyproof check`. */
export const check = verb({
  options,
  examples: [
    'check customer/',
    'check /etc/gitlab-runner/config.toml /etc/systemd/system/gitlab-runner.service.d/http-proxy.conf',
    'check --fix mended customer/',
    'check --explain value/port-missing',
  ],
  act,
});

async function act({ args, options: given, terminal }: Invocation<OptionValues<typeof options>>): Promise<ExitCode> {
  if (given.explain !== undefined) {
    if (args.length > 0) throw new UsageError('--explain takes no files: it is about the catalogue.');
    return explain(given.explain, terminal);
  }
  if (args.length === 0) {
    throw new UsageError(
      'Name the files, a directory or an archive: proxyproof check customer/; or - for standard input.',
    );
  }
  const { bundle } = await openCase(args, NOTHING_SET, terminal);
  if (given.fix !== undefined) return await fix(bundle, given.fix, args, terminal);
  const diagnosis = diagnose(bundle);
  if (given.json) {
    terminal.stdout.write(`${printableJson(JSON.stringify(diagnosisAsJson(diagnosis), null, 2))}\n`);
  } else if (given.table)
    print(terminal.stdout, routeTable(routesOf(diagnosis.picture), diagnosis.findings, maskOf(diagnosis)));
  else terminal.stdout.write(diagnosisAsText(diagnosis, { notes: given.notes, ...looks(terminal, bundle) }));
  if (diagnosis.read.length === 0) return EXIT.usage;
  return diagnosis.findings.some(isGrave) ? EXIT.unexpected : EXIT.ok;
}
