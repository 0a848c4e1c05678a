import { isPlain } from '../cases/situation.ts';
import { direct } from '../choice.ts';
import type { ClientModel } from '../client.ts';

const JAVA = ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', '{built}'];

/** A client that looks at no variable at all. Its virtual machine starts slowly, so it is asked where they are plain. */
const java = <Id extends string>(id: Id, title: string, ...options: readonly string[]): ClientModel<Id> => ({
  id,
  title,
  program: { name: 'java', version: ['java', '--version'] },
  choose: () => direct,
  asking: { how: 'settled', command: [...JAVA, ...options, 'Fetch'] },
  isAsked: (situation) => situation.group === 'variables' && isPlain(situation),
  goesAround: { because: 'Java reads no variable: -Dhttp.proxyHost and -Dhttps.proxyHost name the proxy' },
});

/** Without GNOME's or a desktop's settings there are no system proxies either. */
const SYSTEM = '-Djava.net.useSystemProxies=true';

export const javaHttpClient = java('java-httpclient', "Java's HttpClient");
export const javaUrlConnection = java('java-urlconnection', "Java's URLConnection");
export const javaHttpClientSystem = java('java-httpclient-system', "Java's HttpClient with useSystemProxies", SYSTEM);
export const javaUrlConnectionSystem = java(
  'java-urlconnection-system',
  "Java's URLConnection with useSystemProxies",
  SYSTEM,
);
