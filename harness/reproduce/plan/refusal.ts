import type { Picture } from '../../diagnosis/picture/picture.ts';

const STOOD_UP = ['docker', 'shell', ''];

/** From this version on dockerd reads its proxies from daemon.json (release notes of Docker Engine 23.0). */
const READS_PROXIES = 23;
const DAEMON_PROXIES = /^proxies\.(?:https?|no)-proxy$/;

/**
 * Why a case cannot be stood up, as a sentence; undefined where it can.
 * @param engine the version of the machine's Docker, such as `20.10.24+dfsg1`
 */
export function refusalOf(picture: Picture, engine: string): string | undefined {
  const because = reason(picture, engine);
  return because && `It cannot be reproduced: ${because}. proxyproof check says what is wrong in the files.`;
}

function reason(picture: Picture, engine: string): string | undefined {
  const [first] = picture.runners;
  if (first && !STOOD_UP.includes(first.executor))
    return `the executor ${first.executor} of ${first.name} is not stood up here, only docker and shell are`;
  const sixth = picture.proxies.find(({ host }) => host.includes(':'));
  if (sixth) return `the proxy has an IPv6 address, ${sixth.host}, and machines here have IPv4 alone`;
  const own = picture.all('daemon-json').some(({ entries }) => entries.some(({ key }) => DAEMON_PROXIES.test(key)));
  if (own && Number.parseInt(engine, 10) < READS_PROXIES)
    return `daemon.json has proxies, which dockerd reads from ${READS_PROXIES}.0 on, and the machine's Docker is ${engine}: give --generation docker=sid for a newer one`;
  return undefined;
}
