import { direct } from '../choice.ts';
import type { ClientModel } from '../client.ts';
import { chooseAsCurl } from './curl.ts';
import { CGI } from './libcurl.ts';

const php: Pick<ClientModel, 'program' | 'asking'> = {
  program: { name: 'php', version: ['php', '{fetch}/fetch.php', '--version'] },
  asking: { how: 'settled', command: ['php', '{fetch}/fetch.php'] },
};

export const phpCurl: ClientModel<'php-curl'> = {
  ...php,
  id: 'php-curl',
  title: "PHP's curl extension",
  choose: chooseAsCurl,
  goesAround: CGI,
};

/** They look at no variable at all: the context of a stream must name the proxy. */
export const phpStreams: ClientModel<'php-streams'> = {
  ...php,
  id: 'php-streams',
  title: "PHP's streams",
  choose: () => direct,
  goesAround: { because: "PHP's streams read no variable: their context must name the proxy" },
};
