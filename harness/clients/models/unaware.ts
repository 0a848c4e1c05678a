import { direct } from '../choice.ts';
import type { Client, ClientId } from '../client.ts';

const unaware = (id: ClientId, title: string, program: string): Client => ({
  id,
  title,
  program,
  choose: () => direct,
});

/** Clients that look at no variable at all: they need to be told in their own way, or in the program. */
export const phpStreams = unaware('php-streams', "PHP's streams", 'php');

/** With java.net.useSystemProxies, too: without GNOME's or a desktop's settings there are none. */
export const javaClients: readonly Client[] = [
  unaware('java-httpclient', "Java's HttpClient", 'java'),
  unaware('java-urlconnection', "Java's URLConnection", 'java'),
  unaware('java-httpclient-system', "Java's HttpClient with useSystemProxies", 'java'),
  unaware('java-urlconnection-system', "Java's URLConnection with useSystemProxies", 'java'),
];
