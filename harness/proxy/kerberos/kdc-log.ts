/** What a KDC says of one request. */
export interface KdcLine {
  readonly line: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** `AS_REQ (8 etypes {…}) 127.0.0.1: ISSUE: authtime 1, etypes {…}, alice@CORP.TEST for krbtgt/CORP.TEST@CORP.TEST` */
const REQUEST = /\b(AS_REQ|TGS_REQ) \(\d+ etypes \{[^}]*\}\) \S+: (\w+): (.*)$/;
const PARTIES = /(\S+) for (\S+?)(?:, (.*))?$/;

/** Takes a line of krb5kdc's log apart; undefined when it tells of no request. */
export function parseKdcLine(text: string): KdcLine | undefined {
  const [, request, result, rest = ''] = REQUEST.exec(text) ?? [];
  if (request === undefined || result === undefined) return undefined;
  const [, client = '', service = '', why] = PARTIES.exec(rest) ?? [];
  return {
    line: `${request} ${result}: ${client} for ${service}${why ? `, ${why}` : ''}`,
    fields: { request, result, client, service },
  };
}
