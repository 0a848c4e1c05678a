import { isJsonError, plainValue, readJson } from './_json.ts';
import type { DockerInfoDocument, Piece, Reader, VersionsDocument } from './document.ts';

/** What `docker info` prints, for people or as JSON. */
export const dockerInfoReader: Reader = {
  title: 'the output of docker info',
  knows: ({ path, text }) => {
    const head = text.slice(0, 64 * 1024);
    if (/^[ \t]*\{/.test(head)) return /"ServerVersion"\s*:/.test(head) && /"Driver"|"Containers"/.test(head) ? 3 : 0;
    if (!/^[ \t]*Server Version:\s/m.test(head) || !/^[ \t]*(?:Storage Driver|Docker Root Dir|Containers):/m.test(head))
      return 0;
    const first = head.split('\n').filter((line) => line.trim() !== '');
    const begins = first
      .slice(0, 4)
      .some((line) => /^[ \t]*(?:Client|Server|Containers|Server Version)\b.*:/.test(line));
    if (begins) return 3;
    return /docker[-_ ]?info/i.test(path) ? 2 : 0;
  },
  read: (piece) => documents(piece),
};

/** Keys of the JSON, as docker prints them for people. */
const KEYS: Readonly<Record<string, string>> = {
  ServerVersion: 'Server Version',
  HttpProxy: 'HTTP Proxy',
  HttpsProxy: 'HTTPS Proxy',
  NoProxy: 'No Proxy',
  DockerRootDir: 'Docker Root Dir',
};

function documents(piece: Piece): readonly (DockerInfoDocument | VersionsDocument)[] {
  const entries = /^[ \t]*\{/.test(piece.text) ? ofJson(piece) : ofText(piece);
  const versions = entries.flatMap(({ file, line, key, value }) => {
    const program = key === 'Server Version' ? 'docker' : key === 'Client Version' ? 'docker-cli' : undefined;
    return program && /^\d+\.\d+/.test(value) ? [{ file, line, program, version: value } as const] : [];
  });
  const info: DockerInfoDocument = { kind: 'docker-info', piece, entries };
  return versions.length === 0 ? [info] : [info, { kind: 'versions', piece, versions }];
}

function ofText({ file, text, skipped }: Piece): DockerInfoDocument['entries'] {
  let section = '';
  let above = '';
  let depth = 0;
  return text.split(/\r?\n/).flatMap((raw, index) => {
    if (raw.trim() === '' || raw.length > 4096) return [];
    const line = skipped + index + 1;
    const indent = raw.length - raw.trimStart().length;
    const [, key, value = ''] = /^[ \t]*([A-Za-z][\w /.()-]*?):(?:\s+(.*?))?\s*$/.exec(raw) ?? [];
    if (indent === 0 && /^(?:Client|Server)\b/.test(raw)) section = raw.startsWith('Client') ? 'Client' : 'Server';
    if (key === undefined || (above !== '' && indent > depth)) {
      return above === '' ? [] : [{ file, line, key: above, value: raw.trim() }];
    }
    above = value === '' && !/^(?:Client|Server)\b/.test(key) ? key : '';
    depth = indent;
    const named = section === 'Client' && key === 'Version' ? 'Client Version' : key;
    return [{ file, line, key: named, value }];
  });
}

function ofJson({ file, text, skipped }: Piece): DockerInfoDocument['entries'] {
  const node = readJson(text, skipped, false);
  if (isJsonError(node)) return [];
  return (node.members ?? []).flatMap(({ key, line, node: inner }) => {
    const value = plainValue(inner);
    return typeof value === 'string' ? [{ file, line, key: KEYS[key] ?? key, value }] : [];
  });
}
