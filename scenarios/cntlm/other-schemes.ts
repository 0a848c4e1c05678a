import {
  type AxisValues,
  blocked,
  type ClientTry,
  clientTries,
  counted,
  type Exchange,
  type Finding,
  headerOf,
  measured,
  type ProxyAuth,
  proxyVariables,
  scenario,
} from '../../harness/kit/index.ts';
import { ACTS } from './_other-clients.ts';

const CLIENTS = Object.keys(ACTS) as (keyof typeof ACTS)[];

const LIBCURL = 'Digest and Kerberos are for users of libcurl, git and curl';
/** Why a client does not get through, as a support engineer would say it (FAILURE-MODES 26). */
const WHY: Readonly<Record<string, string>> = {
  cntlm:
    'cntlm speaks NTLM to its parent and nothing else; squid can stand in its place for Basic and Kerberos (cache_peer … login=)',
  squid: 'squid offers its parent Basic or Kerberos (cache_peer … login=), and knows no Digest there',
  git: 'git answers a 407 only where the URL of the proxy names a user, and an empty one is enough for Kerberos (http://:@proxy)',
  curl: 'curl offers Basic alone until --proxy-anyauth, --proxy-digest or --proxy-negotiate tells it otherwise',
  runner: `runners, in Go, offer Basic alone: ${LIBCURL}`,
  docker: `Docker's daemon, in Go, offers Basic alone: ${LIBCURL}`,
};

export default scenario({
  id: 'cntlm/other-schemes',
  asks: 'Which clients get through a parent proxy that asks for something other than NTLM?',
  explains:
    'The parent proxy is squid, and asks for Basic, Digest or Negotiate. For Negotiate there is a Kerberos realm, and every client has a keytab, as on a machine that joined a domain. Each client is set up as on the page, with credentials in the URL: cntlm, squid in its place, git with the hook, curl, the runner and the Docker daemon by their variables. The answer is whether the request reached GitLab, which scheme the client offered, and what it said.',
  axes: { auth: { values: ['basic', 'digest', 'negotiate'] }, client: { values: CLIENTS } },
  needs: ({ axes }) => [
    'squid',
    ...(axes['client'] === 'runner' ? [] : (['docker'] as const)),
    ...(axes['auth'] === 'negotiate' ? (['kerberos'] as const) : []),
  ],
  abilities: ({ axes }) => (axes['client'] === 'runner' ? ['poll'] : []),
  work: 2000,
  world: ({ axes }) => ({
    proxy: { kind: 'squid', auth: authOf(axes) },
    ...(axes['client'] === 'runner'
      ? {}
      : {
          docker: {
            // The world's own addresses, so that the daemon asks by http as well.
            insecureRegistries: ['192.0.2.0/24'],
            ...(axes['client'] === 'docker' ? { environment: (url: string) => proxyVariables({ url }) } : {}),
          },
        }),
  }),
  allows: () => ({
    flags: [
      {
        what: /^No request, on connection/,
        why: 'Docker tries TLS with any registry, and here GitLab stands in for one',
      },
    ],
  }),
  act: (stage) => ACTS[clientOf(stage.axes)](stage),
  judge: (evidence, { axes }) => {
    const tried = clientTries(evidence).map((each) => answer(each, axes));
    return tried.length > 0 ? tried : [blocked('a client tries to get through', 'none was started')];
  },
  mutants: [],
});

const clientOf = (axes: AxisValues): keyof typeof ACTS => CLIENTS.find((each) => each === axes['client']) ?? 'git';

const authOf = (axes: AxisValues): ProxyAuth => ({
  scheme: axes['auth'] === 'negotiate' ? 'negotiate' : axes['auth'] === 'digest' ? 'digest' : 'basic',
  user: 'testuser',
  password: 'pa55word of testuser',
  domain: 'CORP.TEST',
});

function answer(tried: ClientTry, axes: AxisValues): Finding {
  const { client, atProxy, atGitlab, said, began } = tried;
  const through = atGitlab.some(({ via }) => via === 'proxy');
  const refused = atProxy.filter(({ status }) => status === 407);
  const offers = [...new Set(atProxy.flatMap(offered))];
  const offering = offers.length > 0 ? `it offered ${offers.join(', then ')}` : 'it offered nothing';
  const steps = `${counted(refused.length, 'answers')} of 407, and ${offering}`;
  const why = WHY[axes['client'] ?? ''] ?? '';
  return measured(
    `whether ${client.replace(/,$/, '')} gets through a parent that asks for ${axes['auth']}`,
    through
      ? `${client} gets through: ${steps}`
      : `${client} does not get through: ${atProxy.length === 0 ? 'no request came to the parent' : steps}. ${why}. It said: ${said || 'nothing'}`,
    began,
    ...atProxy.slice(0, 3),
    ...atGitlab.slice(0, 1),
  );
}

/** The scheme of a request's Proxy-Authorization. */
function offered({ headers }: Exchange): string[] {
  const scheme = headerOf(headers, 'Proxy-Authorization')?.split(' ')[0];
  return scheme ? [scheme] : [];
}
