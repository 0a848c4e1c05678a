import type { Clock } from '../../clock/index.ts';
import type { ClientConnection } from '../gate/client-connection.ts';

/**
 * Cuts a connection when nothing has moved on it for so long, in milliseconds, as long as the fault that says so is on.
 * @param fault.strike called as it cuts
 */
export async function cutWhenIdle(
  clock: Clock,
  connection: ClientConnection,
  ms: number,
  fault: { readonly isOn: () => boolean; readonly strike: (detail: string) => void },
): Promise<void> {
  while (connection.open && fault.isOn()) {
    const left = connection.movedAt + ms - clock.elapsed();
    if (left <= 0) {
      fault.strike(`nothing moved for ${ms} ms`);
      connection.cut('close');
      return;
    }
    // It keeps nobody waiting, so it neither holds the clock nor lets it go.
    await clock.sleep(left, connection.signal).catch(() => {});
  }
}
