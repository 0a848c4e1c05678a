import { readFileSync } from 'node:fs';
import { parseSync, Visitor } from 'oxc-parser';

/** The types that a source declares and exports: interfaces, aliases and classes. What it only gives on is not its own. */
export function exportedTypes(file: string): string[] {
  const found: string[] = [];
  const { program, errors } = parseSync(file, readFileSync(file, 'utf8'));
  if (errors[0]) throw new Error(`${file} cannot be read: ${errors[0].message}.`);
  new Visitor({
    ExportNamedDeclaration: ({ declaration }) => {
      switch (declaration?.type) {
        case 'TSInterfaceDeclaration':
        case 'TSTypeAliasDeclaration':
          found.push(declaration.id.name);
          break;
        case 'ClassDeclaration':
          if (declaration.id) found.push(declaration.id.name);
      }
    },
  }).visit(program);
  return [...new Set(found)];
}
