import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, extname } from 'node:path';

/** What runs in the page, in order: each file imports only from those before it. */
const SOURCES = [
  '../picture/markup',
  '../picture/phrase',
  '../picture/lifeline',
  '../picture/fold',
  '../picture/spans',
  '../picture/containers',
  '../picture/rows',
  '../picture/scale',
  '../picture/waits',
  '../picture/layout',
  '../picture/paint',
  './browser/events-list',
  './browser/filter',
  './browser/app',
];

/**
 * The page's script as one text, made of the very modules that the terminal and the tests use. Each becomes a function
 * that gives back its exports, so names of one module cannot meet names of another.
 */
export function pageScript(): string {
  const extension = extname(import.meta.url);
  const modules = SOURCES.map((path) => {
    const source = readFileSync(new URL(`${path}${extension}`, import.meta.url), 'utf8');
    return asFunction(basename(path), extension === '.ts' ? withoutTypes(source) : source);
  });
  return `'use strict';\nconst modules = {};\n${modules.join('\n')}`.replaceAll('</', '<\\/');
}

function asFunction(name: string, source: string): string {
  const exported = [...source.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map((match) => match[1]);
  const body = source
    .replace(/^import\s*\{([^}]*)\}\s*from\s*['"][^'"]*?([\w-]+)\.[jt]s['"];?/gm, "const {$1} = modules['$2'];")
    .replace(/^export (?!\{)/gm, '')
    .replace(/^export \{\s*\};?/gm, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n');
  return `modules['${name}'] = (() => {\n${body}\nreturn { ${exported.join(', ')} };\n})();`;
}

/** Node warns that this function may change; whoever reads a terminal can do nothing about it. */
function withoutTypes(source: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
