import { expect, test } from 'vitest';
import { handshakeMessage } from '../../../harness/runner/reference/http/errors.ts';

const openssl = (reason: string): Error =>
  new Error(
    `409DADE44C7F0000:error:0A000419:SSL routines:ssl3_read_bytes:${reason}:../deps/openssl/openssl/ssl/record/rec_layer_s3.c:918:SSL alert number 49\n`,
  );

test.each([
  ['an alert, as Go has it', openssl('tlsv1 alert access denied'), 'remote error: tls: access denied'],
  ['another reason', openssl('wrong version number'), 'tls: wrong version number'],
  ['what is not OpenSSL’s', new Error('socket closed'), 'tls: socket closed'],
  [
    'an authority that is not known',
    Object.assign(new Error('self-signed'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }),
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
])('%s', (_, error, says) => {
  expect(handshakeMessage(error)).toBe(says);
});
