import {
  type CiMap,
  type CiNode,
  ciImage,
  ciServices,
  ciVariables,
  jobNodes,
  parseCi,
  scriptTexts,
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

const assignments = (node: CiNode | undefined, place: PlaceOf): readonly Assigned[] =>
  ciVariables(node).map((each) => placed(each, place));

function imageOf(node: CiNode | undefined, place: PlaceOf): CiJob['image'] {
  const image = ciImage(node);
  return image && placed(image, place);
}

const servicesOf = (node: CiNode | undefined, place: PlaceOf): CiJob['services'] =>
  ciServices(node).map((each) => ({
    ...placed(each, place),
    variables: each.variables.map((variable) => placed(variable, place)),
  }));

/** With the place in the bundle instead of the line in the document. */
const placed = <T extends { readonly line: number }>(
  { line, ...rest }: T,
  place: PlaceOf,
): Omit<T, 'line'> & Place => ({
  ...place(line),
  ...rest,
});
