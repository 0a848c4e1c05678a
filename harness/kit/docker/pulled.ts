import { check, type Finding } from '../../conformance/authoring.ts';
import type { Evidence } from '../../ledger/index.ts';
import { isSuccess } from '../through-proxy/exchange.ts';

/**
 * That the world's registry was asked for an image, and from the proxy alone.
 * @param role what the image is for
 */
export function isPulledThroughProxy(evidence: Evidence, role: string, repository: string): Finding {
  const asked = evidence.requests('registry').filter(({ target }) => target.includes(`/${repository}/manifests/`));
  const given = asked.filter(isSuccess);
  const others = asked.filter(({ via }) => via !== 'proxy');
  const seen =
    given.length === 0
      ? `the registry gave no manifest of ${repository}`
      : others.length > 0
        ? `the registry was asked for ${repository} directly`
        : `the registry gave the manifest of ${repository} to the proxy`;
  return check(
    given.length > 0 && others.length === 0,
    `the ${role} image is pulled through the proxy`,
    seen,
    ...asked.slice(0, 3),
  );
}
