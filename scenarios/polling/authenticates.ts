import {
  type AxisValues,
  behindProxy,
  check,
  configFor,
  counted,
  credentialsAxis,
  credentialsOf,
  type Evidence,
  type Exchange,
  type Finding,
  headerOf,
  isTls,
  makeRequest,
  proxyAxis,
  proxyNeeds,
  proxyOf,
  scenario,
  schemeAxis,
  throughProxy,
} from '../../harness/kit/index.ts';

/** What the ledger writes in place of the right credentials in Basic form. */
const RIGHT = /^basic «proxy-credentials»$/i;
const ANY = /«proxy-(credentials|password)/;

export default scenario({
  id: 'polling/authenticates',
  asks: 'Do the credentials in the proxy URL reach the proxy unchanged?',
  explains:
    'The proxy wants Basic credentials; the runner has them percent-encoded in the URL of its variables. The proxy must be offered exactly that user name and password, the job request must reach GitLab, and GitLab must not see the credentials. Digest is not tried: the HTTP clients of runners know Basic only, and the page does not mention it.',
  axes: { credentials: credentialsAxis, scheme: schemeAxis, proxy: proxyAxis },
  where: (axes) => !isTls(axes) || axes['credentials'] === 'plain' || axes['credentials'] === 'all',
  needs: ({ axes }) => proxyNeeds(axes),
  abilities: ({ axes }) => (isTls(axes) ? ['poll', 'custom-ca'] : ['poll']),
  world: ({ axes }) => ({ gitlab: { tls: isTls(axes) }, proxy: proxyOf(axes, wanted(axes)) }),
  act: (stage) => makeRequest(stage, 'job', behindProxy(stage)),
  judge: (evidence) => [areOffered(evidence), ...throughProxy(evidence, ['job'], 'job requests'), staySecret(evidence)],
  mutants: [
    'never-uses-proxy',
    'proxies-only-http',
    'never-sends-credentials',
    'sends-credentials-to-origin',
    'double-decodes-password',
    'sends-credentials-encoded',
    'tunnels-to-default-port',
  ],
  control: {
    without: 'the credentials in the URL',
    act: (stage) =>
      makeRequest(
        stage,
        'job',
        configFor(stage, {
          env: {
            HTTP_PROXY: stage.world.proxy.urlWithoutCredentials,
            HTTPS_PROXY: stage.world.proxy.urlWithoutCredentials,
          },
        }),
      ),
  },
});

const wanted = (axes: AxisValues) => credentialsOf(axes['credentials']);

function areOffered(evidence: Evidence): Finding {
  const offers = evidence.proxy().filter((each) => offer(each) !== undefined);
  const mangled = offers.filter((each) => !RIGHT.test(offer(each) ?? ''));
  const expected = 'the proxy is offered exactly the user name and password of its URL';
  if (offers.length === 0) {
    return check(
      false,
      expected,
      evidence.proxy().length === 0
        ? 'no request reached the proxy'
        : `${counted(evidence.proxy().length, 'requests')} reached the proxy, none with credentials`,
      ...evidence.proxy().slice(0, 3),
    );
  }
  const seen =
    mangled.length > 0
      ? `${mangled.length} of ${counted(offers.length, 'offers')} had something else: ${offer(mangled[0])}`
      : `${counted(offers.length, 'requests')} had them in Proxy-Authorization`;
  return check(mangled.length === 0, expected, seen, ...(mangled.length > 0 ? mangled : offers).slice(0, 3));
}

const offer = (each: Exchange | undefined): string | undefined => each && headerOf(each.headers, 'Proxy-Authorization');

function staySecret(evidence: Evidence): Finding {
  const told = evidence
    .gitlab()
    .filter(
      ({ headers, target, body }) =>
        headerOf(headers, 'Proxy-Authorization') !== undefined ||
        headers.some(([, value]) => ANY.test(value)) ||
        ANY.test(target) ||
        ANY.test(body?.text ?? ''),
    );
  return check(
    told.length === 0,
    'GitLab does not get the credentials of the proxy',
    told.length === 0 ? 'GitLab saw nothing of them' : `${counted(told.length, 'requests')} at GitLab had them`,
    ...told.slice(0, 3),
  );
}
