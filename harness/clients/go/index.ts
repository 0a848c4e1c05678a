export { chooseGoProxy, type GoChoice, type GoTarget } from './choose.ts';
export { goNoProxy, newerGoNoProxy, noProxyEntries, splitEntry } from './no-proxy.ts';
export { type GoProxy, type GoProxyValue, goProxyValue } from './proxy-url.ts';
