/** The layers of `harness/`, from the top; those of one row stand side by side, and none uses another. */
export type Layers = readonly (readonly string[])[];

/**
 * Says why a file may not import another one. Paths are relative to the project, with slashes.
 * @returns a sentence; undefined when it may, as everything outside of `harness/` and `scenarios/` may
 */
export function forbidden(from: string, to: string, layers: Layers): string | undefined {
  if (from.startsWith('scenarios/')) return forbiddenToScenario(from, to);
  const layer = layerOf(from);
  if (layer === undefined) return undefined;
  const own = rowOf(layer, layers);
  if (own === -1) return `harness/${layer}/ is no layer yet: layers.json must say where it stands.`;
  const other = layerOf(to);
  if (other === layer) return undefined;
  if (other === undefined) return `${from} uses ${to}, which is no part of a layer.`;
  const below = rowOf(other, layers);
  if (below > own || below === -1) return undefined;
  return `${from} uses ${to}: ${layer} stands ${below === own ? 'beside' : 'below'} ${other}, so it must not know it.`;
}

/** A scenario is made of the kit; what only its family shares is in files whose names begin with an underscore. */
function forbiddenToScenario(from: string, to: string): string | undefined {
  if (to === 'harness/kit/index.ts') return undefined;
  const family = from.split('/')[1] ?? '';
  const shared = to.startsWith(`scenarios/${family}/`) && /\/_/.test(to);
  return shared
    ? undefined
    : `${from} uses ${to}: a scenario imports harness/kit/index.ts, and files of its own family that begin with _.`;
}

const layerOf = (path: string): string | undefined => /^harness\/([^/]+)\//.exec(path)?.[1];

const rowOf = (layer: string, layers: Layers): number => layers.findIndex((row) => row.includes(layer));
