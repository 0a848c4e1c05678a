import type { Failure } from '../../failures/failure.ts';
import { failuresOf } from '../../failures/failures.ts';
import type { LogLine, Picture } from '../../picture/picture.ts';

/** Lines of the same log from some before a failure to some behind it. */
export const near = (picture: Picture, { file, line }: Failure, before: number, behind: number): readonly LogLine[] =>
  picture.lines.filter((each) => each.file === file && each.line >= line - before && each.line <= line + behind);

/** Whether anything in the bundle tells of a proxy. */
export const hasProxy = (picture: Picture): boolean =>
  picture.proxies.length > 0 ||
  picture.all('cntlm').length > 0 ||
  picture.all('squid-log').length > 0 ||
  picture.all('squid-conf').length > 0 ||
  failuresOf(picture).some(({ kind }) => kind.startsWith('proxy-')) ||
  picture.lines.some(({ text }) => /\bproxy\b/i.test(text));
