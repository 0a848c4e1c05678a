import { firstOf, onLine } from '../_log.ts';
import type { Cause } from '../cause.ts';
import { untrustedOf } from './_untrusted.ts';

export const chainOutdatedCause: Cause = {
  id: 'tls/chain-outdated',
  severity: 'error',
  title: "Jobs get the authority of a connection that the runner made before the gateway's certificate changed.",
  seen: "The clone fails for its certificate while the runner's polls go on, since the certificate changed; a restart of the runner cures it.",
  fix: "Restart gitlab-runner after a change of the gateway's certificate; name the new CA in tls-ca-file.",
  symptoms: ['works after restart of gitlab-runner', 'clone fails after certificate change'],
  find: (picture) =>
    firstOf(untrustedOf(picture, 'kept-chain')).map((failure) =>
      onLine(
        failure,
        "The clone rejects GitLab's certificate while the runner's polls go on, and a restart of gitlab-runner cures it: jobs were handed the chain of an old connection.",
        "Restart gitlab-runner when the gateway's certificate changes, or name its CA in tls-ca-file.",
      ),
    ),
};
