import type { LogLine, Picture } from '../../picture/picture.ts';
import type { Cause } from '../cause.ts';
import { eachSetting, placeOf } from './_settings.ts';

const EMPTY = /curl: \(52\) Empty reply from server/;
/** That the request had a body: curl asks for a 100 first when that is larger than 1 MB (curl.1, `Expect`). */
const UPLOAD =
  /Expect: 100-continue|\bcurl\b.*(?:\s-T\b|--upload-file|\s-F\b|--form\b|--data|\s-d\b)|^> (?:PUT|POST) |\bUploading\b/i;
const NEAR = 40;

export const expectContinueCause: Cause = {
  id: 'cntlm/expect-continue',
  severity: 'error',
  title: 'cntlm takes the 100 that a large upload asks for to be the whole answer.',
  seen: '“curl: (52) Empty reply from server” after an upload (Expect: 100-continue, which curl sends from 1 MB on), with cntlm as the proxy and no Header Expect: in its file. A (52) after a GET is something else.',
  fix: 'Write Header Expect: in cntlm.conf, which takes the header away.',
  symptoms: ['curl: (52) Empty reply from server', 'uploads above 1 MB fail, small ones do not'],
  find: (picture) => {
    const [conf] = picture.all('cntlm');
    if (!conf && !picture.lines.some(({ of }) => of === 'cntlm')) return [];
    if (eachSetting(picture, 'header').some(({ value }) => /^expect\s*:/i.test(value))) return [];
    const index = picture.lines.findIndex((line, at) => EMPTY.test(line.text) && isUpload(picture, at, line));
    const line = picture.lines[index];
    if (!line) return [];
    const last = conf?.settings.at(-1);
    return [
      {
        ...placeOf(line),
        at: 'Empty reply from server',
        says: 'The upload asked for a 100 first (Expect: 100-continue), and cntlm took that for the whole answer, so curl got an empty one.',
        remedy: {
          says: 'Write Header Expect: into cntlm.conf and restart cntlm; or have curl not ask, with -H "Expect:".',
          ...(last
            ? { edits: [{ file: last.file, line: last.line, to: `${last.written.trimEnd()}\nHeader Expect:` }] }
            : {}),
        },
      },
    ];
  },
};

const isUpload = ({ lines }: Picture, at: number, { file }: LogLine): boolean =>
  lines.slice(Math.max(0, at - NEAR), at).some((each) => each.file === file && UPLOAD.test(each.text));
