import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { PlannedFailure } from '../plan.ts';
import { exchangeOf } from '../recording/index.ts';
import { giveAnswer } from './give-answer.ts';
import { pause } from './pause.ts';

/**
 * Lets a planned failure strike instead of an answer, and records that it did.
 * @param raw the TCP connection, which a reset is sent on
 */
export async function giveFailure(
  res: ServerResponse,
  failure: PlannedFailure,
  occurrence: number,
  raw: Socket,
): Promise<void> {
  const { ledger, id, clock } = exchangeOf(res);
  const name = 'hang' in failure ? 'hang' : `reset ${failure.reset}`;
  ledger.record('gitlab', {
    kind: 'fault',
    name,
    state: 'struck',
    detail: `request ${id}, occurrence ${occurrence} of the plan`,
  });
  if ('hang' in failure) {
    await pause(res, clock);
    return;
  }
  if (failure.reset === 'mid-body') {
    await giveAnswer(res, { status: 200, body: 'json' }, occurrence, 0.5);
    // The half must have left before the reset, which throws away what is still queued.
    await new Promise<void>((resolve) => {
      res.once('close', () => resolve());
      res.write('', () => resolve());
    });
  }
  resetConnection(raw);
}

/** Has a response go nowhere, whoever makes it; a failure strikes when it would be complete. */
export function loseAnswer(res: ServerResponse, strikes: () => void): void {
  Object.assign(res, {
    writeHead: () => res,
    write: () => true,
    end: () => {
      strikes();
      return res;
    },
  });
}

function resetConnection(raw: Socket): void {
  try {
    raw.resetAndDestroy();
  } catch {
    // Only TCP knows a reset; a connection by another way, such as a local socket, is cut.
    raw.destroy();
  }
}
