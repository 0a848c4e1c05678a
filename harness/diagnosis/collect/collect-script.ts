import { fileURLToPath } from 'node:url';

/** The script that gathers a bundle on a host, in POSIX sh. It lies beside this file, in a package, too. */
export const collectScript = (): string => fileURLToPath(new URL('./collect.sh', import.meta.url));
