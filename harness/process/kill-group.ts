/**
 * Kills a process and what it has started, as far as that is in the group it leads.
 * @returns whether there was such a group
 */
export function killGroup(leader: number | undefined): boolean {
  // Without a leader there is no group, and 0 would be our own.
  if (!leader) return false;
  try {
    return process.kill(-leader, 'SIGKILL');
  } catch {
    return false;
  }
}
