import { type CiNode, textOf, under } from './node.ts';

/** Something that a .gitlab-ci.yml names, with its line there. */
export interface CiNamed {
  readonly line: number;
  readonly name: string;
}

/** A variable with its value. */
export interface CiVariable extends CiNamed {
  readonly value: string;
}

/** A service as a file declares it. */
export interface CiService extends CiNamed {
  readonly alias: string | undefined;
  readonly variables: readonly CiVariable[];
  readonly command: readonly string[];
}

/** What stands below `variables:`: `NAME: value`, and `NAME: { value: …, description: … }`. */
export function ciVariables(node: CiNode | undefined): readonly CiVariable[] {
  if (node?.kind !== 'map') return [];
  return [...node.entries].flatMap(([name, { line, node: value }]) => {
    if (value.kind === 'text') return [{ line, name, value: value.text }];
    const inner = under(value, 'value');
    return inner?.kind === 'text' ? [{ line: inner.line, name, value: inner.text }] : [];
  });
}

/** What stands below `image:`: a name, or a map with one. */
export function ciImage(node: CiNode | undefined): CiNamed | undefined {
  const name = node?.kind === 'map' ? under(node, 'name') : node;
  return name?.kind === 'text' && name.text !== '' ? { line: name.line, name: name.text } : undefined;
}

/** What stands below `services:`: names, maps with one, and lists of those. */
export function ciServices(node: CiNode | undefined): readonly CiService[] {
  if (node?.kind !== 'list') return [];
  return node.items.flatMap((item): readonly CiService[] => {
    const name = item.kind === 'map' ? under(item, 'name') : item;
    if (name?.kind !== 'text') return ciServices(item);
    return [
      {
        line: name.line,
        name: name.text,
        alias: textOf(under(item, 'alias')),
        variables: ciVariables(under(item, 'variables')),
        command: textsOf(under(item, 'command')),
      },
    ];
  });
}

/** The texts of a list. */
export const textsOf = (node: CiNode | undefined): readonly string[] =>
  node?.kind === 'list' ? node.items.flatMap((each) => textOf(each) ?? []) : [];
