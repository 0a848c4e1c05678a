import { readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';

/** What a source names as another module: imports and exports, of types too, at the top or within an expression. */
export function importsOf(file: string): string[] {
  const found: string[] = [];
  const add = (source: { readonly type: string; readonly value?: unknown } | null): void => {
    if (source?.type === 'Literal' && typeof source.value === 'string') found.push(source.value);
  };
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'));
  if (errors[0]) throw new Error(`${file} cannot be read: ${errors[0].message}.`);
  new Visitor({
    ImportDeclaration: ({ source }) => add(source),
    ExportNamedDeclaration: ({ source }) => add(source),
    ExportAllDeclaration: ({ source }) => add(source),
    ImportExpression: ({ source }) => add(source),
    TSImportType: ({ source }) => add(source),
  }).visit(program);
  return found;
}
