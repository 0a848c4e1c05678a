/**
 * Which proxy: `basic` is proxy-chain, `keep-alive` a server of our own whose 407 leaves the connection open, `squid`
 * the real one.
 */
export type ProxyKind = 'basic' | 'keep-alive' | 'squid';
