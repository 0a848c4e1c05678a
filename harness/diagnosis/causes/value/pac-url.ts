import type { Cause } from '../cause.ts';
import { flawFindings } from './_finding.ts';

export const pacUrlCause: Cause = {
  id: 'value/pac-url',
  severity: 'error',
  title: 'The variable names a PAC file.',
  seen: 'A value ends in .pac or wpad.dat. No command-line client reads one; cntlm from 0.93 on does, in its own Pac line.',
  fix: 'Name the proxy that the file returns.',
  symptoms: ['the browser works, the command line does not', 'proxy.pac, wpad.dat'],
  find: (picture) =>
    flawFindings(picture, 'pac-url', {
      says: ({ name }) =>
        `${name} names a PAC file, and no command-line client reads one: it takes the file's server for the proxy.`,
      remedy: 'Open the file, and write the HOST:PORT that it returns for GitLab.',
    }),
};
