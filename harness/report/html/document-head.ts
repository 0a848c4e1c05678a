import { createHash } from 'node:crypto';
import { escapeHtml } from '../picture/index.ts';

/** What stands at the head of a page. */
export interface DocumentHead {
  readonly title: string;
  readonly style: string;
  /** The only script that the page may run; without one it runs none. */
  readonly script?: string | undefined;
  /** Links to other forms of the page, as HTML. */
  readonly links?: string;
}

/** A page from its start to the end of its head: nothing is loaded, and no other script runs. */
export function documentHead({ title, style, script, links }: DocumentHead): string {
  const allowed = script === undefined ? "'none'" : `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${allowed}; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)}</title>${links === undefined ? '' : `\n${links}`}
<style>${style}</style>
</head>`;
}
