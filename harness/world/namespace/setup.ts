/**
 * What makes the inside of a namespace, run by `unshare` as its first process: `sh -c SETUP sh DIR PROGRAM…`. Every
 * IPv4 address becomes local, so that a listener on 0.0.0.0 meets a connection to anywhere; DIR's files take the place
 * of the machine's, for this mount namespace only. The route stands in the table that a Docker engine adds its networks
 * to, which are narrower and so go before it.
 */
export const SETUP = `set -e
ip -batch - <<'END'
link set lo up
route add local 0.0.0.0/0 dev lo table main
END
for file in hosts resolv.conf nsswitch.conf; do
  if [ -e "/etc/$file" ]; then mount --bind "$1/$file" "/etc/$file"; fi
done
if [ -d /run/nscd ]; then mount -t tmpfs none /run/nscd; fi
shift
exec "$@"
`;

/**
 * What starts a program inside: `sh -c ENTER sh DIR PROGRAM…`. It says on descriptor 3 that it is there, so that its
 * process id can be looked up, and leaves no variable or descriptor of its own behind.
 */
export const ENTER = `cd "$1" || exit 126
shift
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
