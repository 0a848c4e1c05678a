/** What says in a line of a log what failed: as programs print it, the surest first. */
const KEY_WORDS =
  /x509: [^"()]{3,80}|SSL certificate problem: [^"()]{3,80}|(?:server )?certificate verif[\w ]{3,60}|PKIX path building failed|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERTIFICATE_VERIFY_FAILED|CONNECT tunnel failed, response \d{3}|proxyconnect tcp: [^"()]{3,80}|dial tcp:? [^"()]{3,80}|\b4\d\d (?:Proxy Authentication Required|Forbidden|Too Many Requests|Request Entity Too Large)|\b50[234] (?:Bad Gateway|Service Unavailable|Gateway Time-?out)|Proxy Authentication Required|Too Many Requests|Service Unavailable|Bad Gateway|Gateway Time-?out|Forbidden|connection reset by peer|unexpected EOF|returned error: \d{3}/i;

/** The words to mark in a line of a log; undefined where it has none that are known. */
export const keyWordsIn = (text: string): string | undefined => KEY_WORDS.exec(text)?.[0].trimEnd();
