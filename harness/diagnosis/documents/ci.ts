import {
  type CiMap,
  type CiNode,
  jobNodes,
  parseCi,
  scriptTexts,
  textOf,
  under,
} from '../../recipes/gitlab-ci/index.ts';
import type { Assigned, CiDocument, CiJob, Piece, Place, Reader } from './document.ts';

const NAME = /\.gitlab-ci[^/]*\.ya?ml(\.\w+)?$/i;
/** Scripts below a key, and keys of the file that hardly another program's YAML has. */
const SCRIPT = /^[ \t]+(?:before_|after_)?script:[ \t]*(?:$|[|>[&"'#*!-])/m;
const KEYS = /^(?:stages|default|include|workflow|before_script|variables):/m;
const OF_OTHERS = /^(?:apiVersion|kind|on|jobs|"?true"?|trigger|pool|steps|pipelines?|version|- (?:hosts|name)):/m;

/** .gitlab-ci.yml, and files that it includes. */
export const ciReader: Reader = {
  title: '.gitlab-ci.yml',
  knows: ({ path, text }) => {
    const head = text.slice(0, 64 * 1024);
    if (!/^[^\s#-][^\n]*:/m.test(head)) return 0;
    if (NAME.test(path)) return 3;
    if (OF_OTHERS.test(head)) return 0;
    const named = /\.ya?ml$/i.test(path);
    if (SCRIPT.test(head)) return named ? 2 : 1;
    return named && KEYS.test(head) && !/^services:/m.test(head) ? 1 : 0;
  },
  read: (piece) => [document(piece)],
};

type PlaceOf = (line: number) => Place;

function document(piece: Piece): CiDocument {
  const { file, skipped, text } = piece;
  const { top, error } = parseCi(text);
  const place: PlaceOf = (line) => ({ file, line: skipped + line });
  return {
    kind: 'ci',
    piece,
    error: error && { ...place(error.line), why: error.why },
    variables: assignments(under(top, 'variables'), place),
    services: servicesOf(under(under(top, 'default'), 'services') ?? under(top, 'services'), place),
    jobs: jobNodes(top).map(({ name, map, inherited }): CiJob => {
      const own = assignments(under(map, 'variables'), place);
      const names = new Set(own.map((each) => each.name));
      return {
        name,
        image: imageOf(under(map, 'image'), place),
        services: servicesOf(under(map, 'services'), place),
        variables: [...assignments(inherited, place).filter((each) => !names.has(each.name)), ...own],
        script: scriptOf(top, map, place),
      };
    }),
  };
}

const scriptOf = (top: CiMap, job: CiMap, place: PlaceOf): CiJob['script'] =>
  scriptTexts(top, job).map(({ line, text }) => ({ ...place(line), text }));

/** `NAME: value`, and `NAME: { value: …, description: … }`. */
function assignments(node: CiNode | undefined, place: PlaceOf): readonly Assigned[] {
  if (node?.kind !== 'map') return [];
  return [...node.entries].flatMap(([name, { line, node: value }]) => {
    if (value.kind === 'text') return [{ ...place(line), name, value: value.text }];
    const inner = under(value, 'value');
    return inner?.kind === 'text' ? [{ ...place(inner.line), name, value: inner.text }] : [];
  });
}

function imageOf(node: CiNode | undefined, place: PlaceOf): CiJob['image'] {
  const name = node?.kind === 'map' ? under(node, 'name') : node;
  return name?.kind === 'text' && name.text !== '' ? { ...place(name.line), name: name.text } : undefined;
}

function servicesOf(node: CiNode | undefined, place: PlaceOf): CiJob['services'] {
  if (node?.kind !== 'list') return [];
  return node.items.flatMap((item) => {
    const name = item.kind === 'map' ? under(item, 'name') : item;
    if (name?.kind !== 'text') return item.kind === 'list' ? servicesOf(item, place) : [];
    const command = under(item, 'command');
    return [
      {
        ...place(name.line),
        name: name.text,
        alias: textOf(under(item, 'alias')),
        variables: assignments(under(item, 'variables'), place),
        command: command?.kind === 'list' ? command.items.flatMap((each) => textOf(each) ?? []) : [],
      },
    ];
  });
}
