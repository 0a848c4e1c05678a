import type { Cause } from '../cause.ts';
import { eachSetting, placeOf } from './_settings.ts';

export const proxyWithSchemeCause: Cause = {
  id: 'cntlm/proxy-with-scheme',
  severity: 'error',
  title: "cntlm's Proxy has a scheme, and cntlm takes HOST:PORT alone.",
  seen: 'A Proxy line of cntlm.conf begins with http:// or the like. cntlm says “Invalid proxy specification” and ends.',
  fix: 'Write Proxy HOST:PORT, without a scheme.',
  symptoms: ['Invalid proxy specification'],
  find: (picture) =>
    eachSetting(picture, 'proxy')
      .filter(({ value }) => /:\/\//.test(value))
      .map(({ value, written, ...place }) => ({
        ...placeOf(place),
        at: value,
        says: 'cntlm takes no scheme in its Proxy line: it says “Invalid proxy specification” and ends.',
        remedy: {
          says: 'Write host and port alone.',
          edits: [
            { ...placeOf(place), to: written.replace(/[a-z][\w+.-]*:\/\//i, '').replace(/\/+(?=["']?\s*$)/, '') },
          ],
        },
      })),
};
