/** What the clients of every proxy here say, whether it asks or not. */
export const CREDENTIALS = { user: 'bench', password: 'a-password-of-24-letters' } as const;

/** The value of `Proxy-Authorization`. */
export const AUTHORIZATION = `Basic ${Buffer.from(`${CREDENTIALS.user}:${CREDENTIALS.password}`).toString('base64')}`;
