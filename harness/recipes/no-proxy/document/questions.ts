import type { Situation } from '../cases/index.ts';

/** A question that a cell of the table answers with yes or no for every client. */
export interface Question {
  readonly asks: string;
  readonly group: Situation['group'];
  readonly name: string;
  readonly url: string;
  readonly yes: (answer: string) => boolean;
}

const HTTP = 'http://gitlab.corp.test/';
const HTTPS = 'https://gitlab.corp.test/';

const isProxied = (answer: string): boolean => /^https?:/.test(answer);
const isDirect = (answer: string): boolean => answer === 'direct';

const about = (
  asks: string,
  name: string,
  url: string = HTTP,
  yes: (answer: string) => boolean = isProxied,
): Question => ({ asks, group: 'variables', name, url, yes });

const bypass = (asks: string, value: string, url: string = HTTP): Question => ({
  asks,
  group: 'no-proxy',
  name: value === 'not set' ? value : `“${value}”`,
  url,
  yes: isDirect,
});

/** What people ask about the variables and their values. */
export const variableQuestions: readonly Question[] = [
  about('Does `http_proxy` count for http URLs?', 'lower: url'),
  about('Does `HTTP_PROXY`, the upper-case one alone?', 'upper: url'),
  about('Does `https_proxy` count for https URLs?', 'lower: url', HTTPS),
  about('Does `HTTPS_PROXY`, the upper-case one alone?', 'upper: url', HTTPS),
  about('Does `ALL_PROXY` count?', 'ALL_PROXY: url'),
  about('Where the two cases differ, does the lower-case one win?', 'conflict: url', HTTP, (answer) =>
    answer.includes('172.17.0.1:'),
  ),
  about('Does an empty lower-case variable turn the upper-case one off?', 'lower empty, upper set', HTTPS, isDirect),
  about('Does the page’s `environment` work as it stands?', "the page's"),
  about('Does a value without a scheme, `172.17.0.1:3128`, count?', 'lower: no scheme'),
  about('Does one with a name, `proxy.test:3128`?', 'lower: no scheme, name'),
  about('Does one with a slash at its end, `http://172.17.0.1:3128/`?', 'lower: trailing slash'),
  about('Do percent-encoded credentials arrive decoded?', 'lower: credentials', HTTP, (answer) =>
    answer.includes('us%40er:p%3Ass@'),
  ),
  about('Does a password with a plain `@` in it arrive?', 'lower: credentials, @ as it is', HTTP, (answer) =>
    answer.includes('user:p%40ss@'),
  ),
  about('Does `https://` make it speak TLS to the proxy, so that a plain one fails?', 'lower: https', HTTP, (answer) =>
    answer.startsWith('https:'),
  ),
  about('Is a proxy without a port asked on 80?', 'lower: no port', HTTP, (answer) => /:80\b/.test(answer)),
  about('Is a plain http URL asked for by CONNECT?', 'lower: url', HTTP, (answer) => answer.endsWith(' by CONNECT')),
  about('Does it use the proxy for http with `REQUEST_METHOD` set?', 'lower, REQUEST_METHOD: url'),
];

/** What people ask about NO_PROXY. */
export const noProxyQuestions: readonly Question[] = [
  bypass('Is 127.0.0.1 never asked through the proxy?', 'not set', 'http://127.0.0.1/'),
  bypass('Is `localhost` never?', 'not set', 'http://localhost/'),
  bypass('Does `gitlab.corp.test` stand for that host?', 'gitlab.corp.test'),
  bypass('And for all below it, as `corp.test` for gitlab.corp.test?', 'corp.test'),
  bypass('Does `.corp.test` stand for gitlab.corp.test?', '.corp.test'),
  bypass('And for corp.test itself?', '.corp.test', 'http://corp.test/'),
  bypass('Does `*.corp.test` stand for gitlab.corp.test?', '*.corp.test'),
  bypass('Does `gitlab.*` stand for it?', 'gitlab.*'),
  bypass('Does `corp.test` stand for notcorp.test, too?', 'corp.test', 'http://notcorp.test/'),
  bypass('Does `*` stand for every host?', '*'),
  bypass('And in a list, `other.test,*`?', 'other.test,*'),
  bypass('Does `docker:2375` stand for http://docker:2375/?', 'docker:2375,docker:2376', 'http://docker:2375/'),
  bypass('Does `docker`, without the port?', 'docker', 'http://docker:2375/'),
  bypass('Does `docker:2375` stand for another port, too?', 'docker:2375,docker:2376', 'http://docker:2377/'),
  bypass('Does `10.1.2.3` stand for that address?', '10.1.2.3', 'http://10.1.2.3/'),
  bypass('And for a name that leads there?', '10.1.2.3'),
  bypass('Does `10.0.0.0/8` stand for 10.1.2.3?', '10.0.0.0/8', 'http://10.1.2.3/'),
  bypass('And for a name that leads there?', '10.0.0.0/8'),
  bypass('Does `10.1.2.*`?', '10.1.2.*', 'http://10.1.2.3/'),
  bypass('Does `fd00::1` stand for http://[fd00::1]/?', 'fd00::1', 'http://[fd00::1]/'),
  bypass('Does `[fd00::1]`?', '[fd00::1]', 'http://[fd00::1]/'),
  bypass('May a space follow a comma?', 'other.test, gitlab.corp.test'),
  bypass('May a space stand before one?', 'gitlab.corp.test ,other.test'),
  bypass('May spaces stand instead of commas?', 'other.test gitlab.corp.test'),
  bypass('Is letter case ignored?', 'GITLAB.CORP.TEST'),
  bypass('Is a dot at the end ignored, `gitlab.corp.test.`?', 'gitlab.corp.test.'),
];
