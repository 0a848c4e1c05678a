import { PLACE } from './carried/package-files.ts';

/** Has the process id of the run inside. */
const PID_FILE = '/run/proxyproof.pid';

/**
 * Runs proxyproof inside: `sh -c RUN sh DIRECTORY ARGUMENT…`. Where control groups are of version 2, a group with
 * processes in it cannot have groups with limits below it (cgroups(7), “no internal processes”), so the engines of cases
 * could give their containers none: the processes move into a group of their own.
 */
export const RUN = `set -e
groups=/sys/fs/cgroup
if [ "$(cat /proc/1/cgroup)" = 0::/ ]; then
  mkdir -p $groups/init
  for process in $(cat $groups/cgroup.procs); do echo "$process" >$groups/init/cgroup.procs || true; done 2>/dev/null
  sed 's/ / +/g; s/^/+/' $groups/cgroup.controllers >$groups/cgroup.subtree_control
fi
mkdir -p "$1"
cd "$1"
shift
echo $$ >${PID_FILE}
exec ${PLACE}/proxyproof "$@"
`;

/** Sends a signal to it: `sh -c SIGNAL sh NAME`. */
export const SIGNAL = `kill -s "$1" "$(cat ${PID_FILE})"`;
