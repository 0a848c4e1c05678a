import type { ActiveFault } from '../faults/switchboard.ts';
import type { ProxyContext } from '../front/context.ts';
import type { Connection } from './connection.ts';

/** Cuts a connection when nothing has moved on it for as long as a fault says, as long as the fault is on. */
export async function cutWhenIdle(
  { clock, faults }: ProxyContext,
  active: ActiveFault<'idle-cut'>,
  connection: Connection,
): Promise<void> {
  while (connection.open && faults.of('idle-cut').includes(active)) {
    const left = connection.movedAt + active.fault.afterMs - clock.elapsed();
    if (left <= 0) {
      faults.struck(active, `nothing moved for ${active.fault.afterMs} ms`);
      connection.cut('close');
      return;
    }
    // It keeps nobody waiting, so it neither holds the clock nor lets it go.
    await clock.sleep(left, connection.signal).catch(() => {});
  }
}
