/** What kept a request from being answered. */
export type TransportStage = 'dial' | 'proxy-dial' | 'connect' | 'tls' | 'round-trip' | 'rate-limit';

/** No answer came. Its message reads like the one Go's net/http gives. */
export class TransportError extends Error {
  readonly stage: TransportStage;
  /** The system's code, such as ECONNREFUSED. */
  readonly code: string | undefined;
  /** The proxy's answer to CONNECT. */
  readonly status: number | undefined;

  constructor(
    stage: TransportStage,
    message: string,
    details: { code?: string; status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = 'TransportError';
    this.stage = stage;
    this.code = details.code;
    this.status = details.status;
  }
}

/** The system's code of an error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** A failed connection attempt, in Go's words. */
export function dialMessage(error: unknown, host: string, port: number): string {
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
      return `dial tcp ${host}:${port}: connect: connection refused`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `dial tcp: lookup ${host}: no such host`;
    case 'ETIMEDOUT':
      return `dial tcp ${host}:${port}: i/o timeout`;
    default:
      return `dial tcp ${host}:${port}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** OpenSSL's names for a certificate whose authority is not known. */
const UNKNOWN_AUTHORITY = /^(UNABLE_TO_|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT)/;

/** A handshake that failed, in Go's words. */
export function handshakeMessage(error: unknown): string {
  const code = codeOf(error) ?? String(error);
  if (UNKNOWN_AUTHORITY.test(code)) {
    return 'tls: failed to verify certificate: x509: certificate signed by unknown authority';
  }
  if (!(error instanceof Error)) return code;
  // Of OpenSSL's own text the reason alone: CODE:error:NUMBER:SSL routines:function:reason:file:line.
  const [, reason] = /:error:[\dA-F]+:[^:]*:[^:]*:([^:]+):/.exec(error.message) ?? [];
  const [, alert] = /\balert (.+)$/.exec(reason ?? '') ?? [];
  return alert === undefined ? `tls: ${reason ?? error.message}` : `remote error: tls: ${alert}`;
}

/** A connection that failed under a request, in Go's words. */
export function roundTripMessage(error: unknown): string {
  if (error instanceof Error && /socket hang up|aborted/i.test(error.message)) return 'EOF';
  if (codeOf(error) === 'ECONNRESET') return 'read: connection reset by peer';
  if (codeOf(error) === 'EPIPE') return 'write: broken pipe';
  if (codeOf(error)?.startsWith('HPE_')) return 'malformed HTTP response';
  return error instanceof Error ? error.message : String(error);
}
