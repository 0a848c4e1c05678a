import { registerHooks } from 'node:module';

const OWN_NAME = 'proxyproof';

/**
 * Lets a team's scenario files `import … from 'proxyproof'` wherever they lie, and mean the very code that runs them,
 * whether it was installed as a package or cloned.
 */
export function answerToOwnName(): void {
  const index = new URL(`../index${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === OWN_NAME ? { url: index, shortCircuit: true } : next(specifier, context),
  });
}
