import { deflateRawSync } from 'node:zlib';
import { CASES_IN_A_BLOCK, type CarriedCase } from './data.ts';
import { Sharing } from './sharing.ts';

/** What the script of the page reads, each block as Base64 of deflated JSON. */
export interface Blocks {
  readonly table: string;
  readonly cases: readonly string[];
}

/** Packs cases in the order given, sixteen a block. */
export function packCases(cases: readonly CarriedCase[]): Blocks {
  const sharing = new Sharing();
  const taken = cases.map((each) => sharing.add(each));
  const blocks: string[] = [];
  for (let first = 0; first < taken.length; first += CASES_IN_A_BLOCK) {
    const texts = taken.slice(first, first + CASES_IN_A_BLOCK).map((each) => sharing.write(each));
    blocks.push(deflated(`[${texts.join(',')}]`));
  }
  return { table: deflated(sharing.table()), cases: blocks };
}

/**
 * How many of the cases, from the first on, may keep their events for all blocks to have at most so many characters.
 * @param blocks of all of them
 */
export function fitting(blocks: Blocks, limit: number): number {
  let room = limit - blocks.table.length;
  for (const [index, block] of blocks.cases.entries()) {
    room -= block.length;
    if (room < 0) return index * CASES_IN_A_BLOCK;
  }
  return blocks.cases.length * CASES_IN_A_BLOCK;
}

/** In characters. */
export const sizeOf = ({ table, cases }: Blocks): number =>
  cases.reduce((sum, block) => sum + block.length, table.length);

/** Text as a page can carry it: no markup can be in it. */
export const deflated = (text: string): string => deflateRawSync(text, { level: 9 }).toString('base64');
