import { dockerJsonKind } from './_docker-json.ts';
import { isJsonError, type JsonMember, plainValue, readJson } from './_json.ts';
import type { DaemonJsonDocument, Piece, Reader } from './document.ts';

/** dockerd's daemon.json. */
export const daemonJsonReader: Reader = {
  title: 'daemon.json of dockerd',
  knows: ({ path, text }) => {
    const { kind, sure } = dockerJsonKind(path, text);
    return kind === 'daemon' ? sure : 0;
  },
  read: (piece) => [document(piece)],
};

function document(piece: Piece): DaemonJsonDocument {
  const { file, text, skipped } = piece;
  // dockerd takes an empty file for one that sets nothing.
  if (text.trim() === '') return { kind: 'daemon-json', piece, error: undefined, entries: [] };
  const node = readJson(text, skipped, true);
  if (isJsonError(node)) return { kind: 'daemon-json', piece, error: { file, ...node }, entries: [] };
  if (!node.members)
    return { kind: 'daemon-json', piece, error: { file, line: node.line, why: 'it is no object' }, entries: [] };
  return { kind: 'daemon-json', piece, error: undefined, entries: entriesOf(node.members, file, '', 0) };
}

function entriesOf(
  members: readonly JsonMember[],
  file: string,
  above: string,
  depth: number,
): DaemonJsonDocument['entries'] {
  return members.flatMap(({ key, line, node }) => {
    const name = above === '' ? key : `${above}.${key}`;
    const inner = node.members && depth < 4 ? entriesOf(node.members, file, name, depth + 1) : [];
    return [{ file, line, key: name, value: node.members ? undefined : plainValue(node) }, ...inner];
  });
}
