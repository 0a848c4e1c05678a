import { dockerJsonKind } from './_docker-json.ts';
import { isJsonError, plainValue, readJson } from './_json.ts';
import type { DockerCliDocument, Piece, Reader } from './document.ts';

/** The docker CLI's config.json. */
export const dockerCliReader: Reader = {
  title: 'config.json of the docker CLI',
  knows: ({ path, text }) => {
    const { kind, sure } = dockerJsonKind(path, text);
    return kind === 'cli' ? sure : 0;
  },
  read: (piece) => [document(piece)],
};

function document(piece: Piece): DockerCliDocument {
  const { file, text, skipped } = piece;
  const nothing = { kind: 'docker-cli', piece, error: undefined, proxies: [], keys: [] } as const;
  if (text.trim() === '') return nothing;
  // The CLI reads one value, and nothing behind it.
  const node = readJson(text, skipped, false);
  if (isJsonError(node)) return { ...nothing, error: { file, ...node } };
  if (!node.members) return { ...nothing, error: { file, line: node.line, why: 'it is no object' } };
  const proxies = node.members.findLast(({ key }) => key.toLowerCase() === 'proxies')?.node.members ?? [];
  return {
    ...nothing,
    keys: node.members.map(({ key, line }) => ({ file, line, key })),
    proxies: proxies.map(({ key: daemon, line, node: given }) => ({
      file,
      line,
      daemon,
      isObject: given.members !== undefined,
      entries: (given.members ?? []).map(({ key, line: at, node: value }) => ({
        file,
        line: at,
        key,
        value: plainValue(value),
      })),
    })),
  };
}
