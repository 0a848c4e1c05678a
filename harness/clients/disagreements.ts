import { addressOf } from './cases/index.ts';
import type { Choice } from './choice.ts';
import type { Measurement } from './measured.ts';
import { clientOf } from './models/index.ts';
import { agrees, type Cell, type MeasuredCell } from './table.ts';
import { parseTarget } from './target.ts';
import { chooserOf, numberIn } from './versions.ts';

/** A cell in which a client did other than its model says. */
export interface Disagreement {
  readonly cell: MeasuredCell;
  readonly model: Choice;
  /** The client's, where it tells. */
  readonly version?: string;
}

/**
 * What the model says of a cell, with the names that the table's world knows.
 * @param version the client's; the newest that was measured where none is given
 */
export function modelled({ client, situation, url }: Cell, version?: string): Choice {
  return chooserOf(clientOf(client), version)(situation.env, parseTarget(url), addressOf);
}

/** Every cell in which the models are wrong about the versions that were measured. */
export function disagreements({ versions, cells }: Measurement): readonly Disagreement[] {
  return cells.flatMap((cell) => {
    const version = numberIn(versions[clientOf(cell.client).program.name] ?? '');
    const model = modelled(cell, version);
    return agrees(model, cell.answer) ? [] : [{ cell, model, ...(version === undefined ? {} : { version }) }];
  });
}
