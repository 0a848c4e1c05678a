import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PREPARE_FILE } from '../../../harness/cli/in-docker/prepare/script.ts';
import { put, ROOT } from '../_tool.ts';

/** What a container needs for the stand-in package: a shell and its usual programs. */
export const PROGRAMS = ['sh', 'env', 'cat', 'mkdir', 'ls', 'sed', 'find', 'rm', 'kill', 'sleep', 'id', 'date'];

/**
 * A package that stands in for proxyproof: it installs as the launcher does, says what it was given, writes a report,
 * and ends with 7. Patterns tell it to do otherwise: `wait` for a signal, `break` while it is installed.
 */
const PROGRAM = `#!/usr/bin/sh
for each in "$@"; do
  if [ "$each" = --dry-run ]; then
    echo "installing in $(pwd)" >&2
    test ! -e /opt/proxyproof/harness/broken || exit 3
    mkdir -p node_modules
    cat package-lock.json >node_modules/installed
    exit 0
  fi
done
report=
for each in "$@"; do
  if [ "$previous" = --report ]; then report=$each; fi
  previous=$each
done
echo "in $(pwd) as $(id -u): $*"
echo "installed: $(cat /opt/proxyproof/node_modules/installed)"
echo "typed: $PROXYPROOF_COMMAND"
echo 'to standard error' >&2
mkdir -p "$report/deep"
for each in team/one.ts expect.yaml; do test ! -e $each || cat $each >>"$report/results.json"; done
echo page >"$report/deep/page.html"
case " $* " in
  *' wait '*)
    trap 'echo "told to stop"; exit 130' INT
    echo waiting
    sleep 600 & wait ;;
esac
echo all >"$report/report.html"
exit 7
`;

/** Writes the stand-in package. @param lock the content of its package-lock.json, which decides what is installed */
export async function standInPackage(dir: string, lock = 'lock 1'): Promise<string> {
  await put(join(dir, 'proxyproof'), PROGRAM, 0o755);
  await put(join(dir, 'package.json'), '{}');
  await put(join(dir, 'package-lock.json'), lock);
  await put(join(dir, 'harness', 'main.ts'), '');
  await put(join(dir, PREPARE_FILE), await readFile(join(ROOT, PREPARE_FILE), 'utf8'), 0o755);
  return dir;
}
