export { giveRegistryToken, noOauth } from './give-token.ts';
export { type RegistryAuth, type RegistryLogin, RegistryTokens } from './registry-tokens.ts';
