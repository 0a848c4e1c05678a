import type { LogLine } from '../picture/picture.ts';

/** What programs say that asked a host without the proxy, and cannot reach it. */
const DIRECT =
  /dial tcp (?!.*proxyconnect)|i\/o timeout|request canceled while waiting for connection|Could not resolve (?:host)?|Temporary failure (?:in name resolution|resolving)|Name or service not known|Failed to connect to|Unable to connect to|Could not connect to|[Cc]onnect(?:ion)? timed out|ConnectTimeout|NoRouteToHost|NewConnectionError|Net::OpenTimeout|Failed to open TCP connection|E(?:NET|HOST)UNREACH|UND_ERR_CONNECT_TIMEOUT|Connection refused|No route to host|Network is unreachable|bad address|can't connect to remote host|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|temporary error|UnknownHostException|Unknown host|no such host/;

/** Whether a line tells of a connection past the proxy that failed. */
export const wentDirect = (text: string): boolean =>
  DIRECT.test(text) && !/proxyconnect|Could not resolve proxy|CONNECT tunnel failed/.test(text);

/** The lines that a command printed, by the trace: from its echo (`$ …`) to the next one. */
export function printedBy(lines: readonly LogLine[], command: RegExp): readonly LogLine[] {
  const found: LogLine[] = [];
  let inside = false;
  for (const line of lines) {
    const [, echoed] = /^\s*\$ (.*)/.exec(line.text) ?? [];
    if (echoed !== undefined) inside = command.test(echoed);
    if (inside) found.push(line);
  }
  return found;
}
