import { findProgram } from '../../process/index.ts';

const NAMES = ['kdb5_util', 'kadmin.local', 'krb5kdc'] as const;

/** Where the parts of MIT Kerberos are on this machine. */
export type KerberosPrograms = Readonly<Record<(typeof NAMES)[number], string>> & {
  /** Ends a program together with us, where there is one. */
  readonly setpriv: string | undefined;
};

/** @throws Error that names what is missing and how to get it */
export function kerberosPrograms(): KerberosPrograms {
  const [database, admin, kdc] = NAMES.map((name) => findProgram(name));
  if (!database || !admin || !kdc) {
    const missing = NAMES.filter((_, at) => ![database, admin, kdc][at]);
    throw new Error(
      `A proxy that asks for Negotiate needs a Kerberos KDC of its own, and there is no ${missing.join(', no ')} here. On Debian or Ubuntu \`apt-get install krb5-kdc krb5-admin-server\` brings them.`,
    );
  }
  return { kdb5_util: database, 'kadmin.local': admin, krb5kdc: kdc, setpriv: findProgram('setpriv') };
}
