/** A node of a .gitlab-ci.yml, with its line in the file, from 1. */
export type CiNode = CiText | CiList | CiMap | CiReference;

export interface CiText {
  readonly kind: 'text';
  readonly line: number;
  readonly text: string;
  /** A block (`|`), whose text begins in the line below and keeps its line ends. */
  readonly literal: boolean;
}

export interface CiList {
  readonly kind: 'list';
  readonly line: number;
  readonly items: readonly CiNode[];
}

export interface CiMap {
  readonly kind: 'map';
  readonly line: number;
  /** With the line of each key. */
  readonly entries: ReadonlyMap<string, { readonly line: number; readonly node: CiNode }>;
}

/** `!reference [job, key]`, which GitLab replaces by what stands there. */
export interface CiReference {
  readonly kind: 'reference';
  readonly line: number;
  readonly path: readonly string[];
}

/** What stands under a key of a map. */
export const under = (node: CiNode | undefined, key: string): CiNode | undefined =>
  node?.kind === 'map' ? node.entries.get(key)?.node : undefined;

export const textOf = (node: CiNode | undefined): string | undefined => (node?.kind === 'text' ? node.text : undefined);

export const emptyMap = (line: number): CiMap => ({ kind: 'map', line, entries: new Map() });

/** Two maps as `extends` and `include` merge them: maps within are merged, too, anything else is replaced. */
export function merged(below: CiNode | undefined, above: CiNode): CiNode {
  if (below?.kind !== 'map' || above.kind !== 'map') return above;
  const entries = new Map(below.entries);
  for (const [key, { line, node }] of above.entries)
    entries.set(key, { line, node: merged(entries.get(key)?.node, node) });
  return { kind: 'map', line: above.line, entries };
}
