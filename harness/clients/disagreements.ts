import { addressOf } from './cases/index.ts';
import type { Choice } from './choice.ts';
import { clientOf } from './models/index.ts';
import { agrees, type Cell, type MeasuredCell } from './table.ts';
import { parseTarget } from './target.ts';

/** A cell in which a client did other than its model says. */
export interface Disagreement {
  readonly cell: MeasuredCell;
  readonly model: Choice;
}

/** What the model says of a cell, with the names that the table's world knows. */
export function modelled({ client, situation, url }: Cell): Choice {
  return clientOf(client).choose(situation.env, parseTarget(url), addressOf);
}

/** Every cell in which the models are wrong. */
export function disagreements(measured: readonly MeasuredCell[]): readonly Disagreement[] {
  return measured.flatMap((cell) => {
    const model = modelled(cell);
    return agrees(model, cell.answer) ? [] : [{ cell, model }];
  });
}
