import type { Situation } from '../cases/index.ts';
import type { ClientId } from '../models/index.ts';
import type { Cell, MeasuredCell } from '../table.ts';

/** A sentence that one row of the table makes true or false of every client. */
export interface Statement {
  /** Values stand in backticks. */
  readonly says: string;
  readonly group: Situation['group'];
  /** The row: the situation's name, and the URL. */
  readonly name: string;
  readonly url: string;
  readonly holds: (answer: string) => boolean;
}

const HTTP = 'http://gitlab.corp.test/';
const HTTPS = 'https://gitlab.corp.test/';

const isProxied = (answer: string): boolean => /^https?:/.test(answer);
const isDirect = (answer: string): boolean => answer === 'direct';
const offers = (credentials: string) => (answer: string) => answer.split(' ').includes(credentials);

const about = (says: string, name: string, url: string = HTTP, holds = isProxied): Statement => ({
  says,
  group: 'variables',
  name,
  url,
  holds,
});

const names = (says: string, value: string, url: string = HTTP): Statement => ({
  says,
  group: 'no-proxy',
  name: value === 'not set' ? value : `“${value}”`,
  url,
  holds: isDirect,
});

/** Of the variables and their values. */
export const variableStatements: readonly Statement[] = [
  about("The page's `environment` works as it stands", "the page's"),
  about('The lower-case variables alone count for http URLs', 'lower: url'),
  about('The upper-case variables alone count for http URLs', 'upper: url'),
  about('The lower-case variables alone count for https URLs', 'lower: url', HTTPS),
  about('The upper-case variables alone count for https URLs', 'upper: url', HTTPS),
  about('`https_proxy` counts for https URLs where there is no `http_proxy`', 'https alone', HTTPS),
  about('`ALL_PROXY` alone counts', 'ALL_PROXY: url'),
  about('Where both cases differ, the lower-case one counts', 'conflict: url', HTTP, (answer) =>
    answer.includes('.0.1:'),
  ),
  about('An empty lower-case variable turns the upper-case one off', 'lower empty, upper set', HTTPS, isDirect),
  about('A value without a scheme counts, `172.17.0.1:3128`', 'lower: no scheme'),
  about('So does one with a name, `proxy.test:3128`', 'lower: no scheme, name'),
  about('A slash at the end does no harm, `http://172.17.0.1:3128/`', 'lower: trailing slash'),
  about('Percent-encoded credentials arrive decoded', 'lower: credentials', HTTP, offers('us%40er:p%3Ass')),
  about('A password with a bare `@` in it arrives', 'lower: credentials, @ as it is', HTTP, offers('user:p%40ss')),
  about(
    'With `https://` it speaks TLS to the proxy, which a plain one does not understand',
    'lower: https',
    HTTP,
    (answer) => answer.startsWith('https:'),
  ),
  about('A proxy without a port is asked on 80', 'lower: no port', HTTP, (answer) => /:80\b/.test(answer)),
  about('A plain http URL is asked for by CONNECT', 'lower: url', HTTP, (answer) => answer.endsWith(' by CONNECT')),
  about('With `REQUEST_METHOD` set the proxy still counts for http URLs', 'lower, REQUEST_METHOD: url'),
];

/** Of NO_PROXY. */
export const noProxyStatements: readonly Statement[] = [
  names('127.0.0.1 is always asked directly', 'not set', 'http://127.0.0.1/'),
  names('`localhost` is always asked directly', 'not set', 'http://localhost/'),
  names('`gitlab.corp.test` names that host', 'gitlab.corp.test'),
  names('`corp.test` names gitlab.corp.test, below it', 'corp.test'),
  names('`.corp.test` names gitlab.corp.test', '.corp.test'),
  names('`.corp.test` names corp.test itself', '.corp.test', 'http://corp.test/'),
  names('`*.corp.test` names gitlab.corp.test', '*.corp.test'),
  names('`gitlab.*` names gitlab.corp.test', 'gitlab.*'),
  names('`corp.test` names notcorp.test, too', 'corp.test', 'http://notcorp.test/'),
  names('`*` names every host', '*'),
  names('`*` in a list does, `other.test,*`', 'other.test,*'),
  names('`docker:2375` names http://docker:2375/', 'docker:2375,docker:2376', 'http://docker:2375/'),
  names('`docker`, without a port, names it', 'docker', 'http://docker:2375/'),
  names('`docker:2375` names another port, too', 'docker:2375,docker:2376', 'http://docker:2377/'),
  names('`10.1.2.3` names that address', '10.1.2.3', 'http://10.1.2.3/'),
  names('`10.1.2.3` names a host that has the address', '10.1.2.3'),
  names('`10.0.0.0/8` names 10.1.2.3', '10.0.0.0/8', 'http://10.1.2.3/'),
  names('`10.0.0.0/8` names a host that has an address in it', '10.0.0.0/8'),
  names('`10.1.2.*` names 10.1.2.3', '10.1.2.*', 'http://10.1.2.3/'),
  names('`fd00::1` names http://[fd00::1]/', 'fd00::1', 'http://[fd00::1]/'),
  names('`[fd00::1]` names it', '[fd00::1]', 'http://[fd00::1]/'),
  names('A space after a comma does no harm', 'other.test, gitlab.corp.test'),
  names('A space before a comma does no harm', 'gitlab.corp.test ,other.test'),
  names('Spaces may stand for commas', 'other.test gitlab.corp.test'),
  names('Letter case makes no difference', 'GITLAB.CORP.TEST'),
  names('A dot at the end makes no difference, `gitlab.corp.test.`', 'gitlab.corp.test.'),
];

/** With which clients a statement holds. */
export interface Tally {
  readonly yes: readonly ClientId[];
  readonly no: readonly ClientId[];
}

/** The cells that a statement is about. */
export const concerns = ({ group, name, url }: Statement, cell: Cell): boolean =>
  cell.situation.group === group && cell.situation.name === name && cell.url === url;

/**
 * Holds a statement against what was measured.
 * @param of the clients that count
 * @throws Error when the table has no such row
 */
export function tally(statement: Statement, cells: readonly MeasuredCell[], of: readonly ClientId[]): Tally {
  const found = cells.filter((cell) => concerns(statement, cell) && of.includes(cell.client));
  if (found.length === 0) throw new Error(`The table has no row for this: ${statement.says}.`);
  const clients = (wanted: boolean): readonly ClientId[] =>
    found.filter(({ answer }) => statement.holds(answer) === wanted).map(({ client }) => client);
  return { yes: clients(true), no: clients(false) };
}
