import type { ConfigTomlDocument, RunnerFacts } from '../../diagnosis/documents/document.ts';
import { PAGE_PATHS } from '../../diagnosis/host/paths.ts';
import type { Picture } from '../../diagnosis/picture/picture.ts';
import type { CasePlan } from '../plan/plan.ts';
import { type Candidate, changing } from './candidate.ts';

const HEADER = /^[ \t]*\[\[runners\]\][^\n]*$/m;

/** A change of config.toml: of the customer's a line, or the page's as a whole. */
export type ConfigChange = Pick<Candidate, 'file' | 'line' | 'edits' | 'adds' | 'commands'>;

/** A line that is added to a runner's table. */
export function lineInRunner({ piece }: ConfigTomlDocument, { line }: RunnerFacts, added: string): ConfigChange {
  const header = piece.text.split(/\r?\n/)[line - piece.skipped - 1] ?? '[[runners]]';
  return {
    file: piece.file,
    line,
    ...changing({ edits: [{ file: piece.file, line, to: `${header}\n  ${added}` }] }),
  };
}

/**
 * A key that is added to the first runner, or to the page's where the bundle has no config.toml; undefined where the key is there.
 * @param added the line, which begins with the key
 */
export function keyInRunner(picture: Picture, plan: CasePlan, added: string): ConfigChange | undefined {
  const [key = ''] = added.split(' ');
  const has = (text: string): boolean => new RegExp(`^[ \\t]*${key}\\b`, 'm').test(text);
  const [document] = picture.all('config-toml');
  const [runner] = document?.runners ?? [];
  if (document) return runner && !has(document.piece.text) ? lineInRunner(document, runner, added) : undefined;
  const config = plan.fromPage.find(({ path }) => path === PAGE_PATHS.config);
  if (!config || has(config.content)) return undefined;
  const content = config.content.replace(HEADER, (header) => `${header}\n  ${added}`);
  return { file: config.path, ...changing({ adds: new Map([[config.path, content]]) }) };
}
