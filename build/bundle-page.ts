import { buildSync } from 'esbuild';

/** A script that runs in a page of ours. */
export interface PageBundle {
  /** Where the bundle is kept: users of the package have no esbuild, and a clone runs without a build step. */
  readonly kept: URL;
  readonly entry: URL;
  /** Which page it is of. */
  readonly page: string;
}

const bundleIn = (folder: string, page: string): PageBundle => ({
  kept: new URL(`../harness/${folder}/page-script.ts`, import.meta.url),
  entry: new URL(`../harness/${folder}/browser/app.ts`, import.meta.url),
  page,
});

export const BUNDLES: readonly PageBundle[] = [
  bundleIn('report/html', 'report.html'),
  bundleIn('report/matrix', 'the matrix of versions'),
  bundleIn('report/history/site', 'the first page of a history'),
  bundleIn('serve/page', "the lab's page"),
];

/** What is written above each module: where it lies, which for a package is another place on another machine. */
const MODULE = /^ *\/\/ \S*(?:harness|node_modules)\/\S*\.[jt]s\n/gm;

/**
 * The module that holds the script of a page: what runs in it, made of the very modules that the terminal and the tests
 * use. It is kept line by line, so that a change of it can be read.
 */
export function bundlePage({ entry, page }: PageBundle): string {
  const { outputFiles } = buildSync({
    entryPoints: [entry.pathname],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  // Inside an HTML script nothing may look like its end; in JavaScript the backslash changes nothing.
  const script = (outputFiles[0]?.text ?? '').replace(MODULE, '').replaceAll('</', '<\\/');
  const lines = script.trimEnd().split('\n');
  return `// Made by \`npm run bundle\` from browser/app.ts and what it imports. Do not edit.

/** What runs in ${page}. */
export const pageScript: string = [
${lines.map((line) => `  ${JSON.stringify(line)},`).join('\n')}
].join('\\n');
`;
}
