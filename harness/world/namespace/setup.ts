/** The mounts of a namespace, as the setup takes them. */
export interface SetupArguments {
  /** A table as fstab(5) has it. All of it must succeed. */
  readonly mounts: string;
  /** A table of what is covered with an empty file. What has gone meanwhile needs no cover. */
  readonly covers: string;
  /** What the second table covers. */
  readonly covered: readonly string[];
}

/**
 * What makes the inside of a namespace, run by `unshare` as its first process: `sh -c SETUP sh MOUNTS COVERS COVERED
 * PROGRAM…`, see {@link setupArguments}. Every IPv4 address becomes local, so that a listener on 0.0.0.0 meets a
 * connection to anywhere. The route stands in the table that a Docker engine adds its networks to, which are narrower
 * and so go before it. The mounts are for this mount namespace only; what is mounted over shared memory holds the tables
 * meanwhile, because mount reads files and no pipes.
 */
const SETUP = `set -e
ip -batch - <<'END'
link set lo up
route add local 0.0.0.0/0 dev lo table main
END
mount -t tmpfs -o mode=1777 proxyproof-$$ /dev/shm
printf %s "$1" >/dev/shm/mounts
printf %s "$2" >/dev/shm/covers
printf %s "$3" >/dev/shm/covered
if [ -n "$2" ]; then mount --all --fstab /dev/shm/covers 2>/dev/shm/complaint || :; fi
while read -r file; do
  if [ -e "$file" ] && [ ! -c "$file" ]; then
    cat /dev/shm/complaint >&2
    echo "$file cannot be hidden" >&2
    exit 1
  fi
done </dev/shm/covered
if [ -n "$1" ]; then mount --all --fstab /dev/shm/mounts; fi
rm -f /dev/shm/mounts /dev/shm/covers /dev/shm/covered /dev/shm/complaint
shift 3
exec "$@"
`;

/** The arguments of a shell that sets a namespace up and then becomes a program. */
export function setupArguments(view: SetupArguments, program: readonly string[]): string[] {
  const covered = view.covered.map((each) => `${each}\n`).join('');
  return ['-c', SETUP, 'sh', view.mounts, view.covers, covered, ...program];
}

/**
 * What starts a program inside: `sh -c ENTER sh DIR PROGRAM…`. It says on descriptor 3 that it is there, so that its
 * process id can be looked up, and leaves no variable or descriptor of its own behind.
 */
export const ENTER = `cd "$1" || exit 126
shift
if [ ! -e "$1" ]; then
  echo 'it lies where a subject sees nothing of this machine (SECURITY.md). Move it, or give startWorld its path as visible' >&2
  exit 127
fi
unset PWD OLDPWD SHLVL
echo >&3
exec "$@" 3>&-
`;

/**
 * What the first process becomes: it ends when its standard input does, which the harness holds, and the kernel then
 * ends everything inside. Children that nobody waits for are reaped by the kernel while SIGCHLD is ignored (wait(2)), where env can arrange that.
 */
export const HOLD = `if env --ignore-signal=CHLD true 2>/dev/null; then exec env --ignore-signal=CHLD cat; fi
exec cat
`;
