import { buildSync } from 'esbuild';

/** Where the bundle is kept: users of the package have no esbuild, and a clone runs without a build step. */
export const BUNDLE = new URL('../harness/report/html/page-script.ts', import.meta.url);

const ENTRY = new URL('../harness/report/html/browser/app.ts', import.meta.url);

/**
 * The module that holds the script of report.html: what runs in the page, made of the very modules that the terminal and
 * the tests use. It is kept line by line, so that a change of it can be read.
 */
export function bundlePage(): string {
  const { outputFiles } = buildSync({
    entryPoints: [ENTRY.pathname],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'error',
  });
  // Inside an HTML script nothing may look like its end; in JavaScript the backslash changes nothing.
  const script = (outputFiles[0]?.text ?? '').replace(/^ *\/\/ harness\/.*\n/gm, '').replaceAll('</', '<\\/');
  const lines = script.trimEnd().split('\n');
  return `// Made by \`npm run bundle\` from browser/app.ts and what it imports. Do not edit.

/** What runs in report.html. */
export const pageScript: string = [
${lines.map((line) => `  ${JSON.stringify(line)},`).join('\n')}
].join('\\n');
`;
}
