import { registerHooks } from 'node:module';

/** What of the package a scenario may import, and where it is, without its suffix. */
const OWN_NAMES: Readonly<Record<string, string>> = { proxyproof: '../index', 'proxyproof/kit': '../kit/index' };

/**
 * Lets a team's scenario files `import … from 'proxyproof'`, or from `proxyproof/kit`, wherever they lie, and mean the
 * very code that runs them, whether it was installed as a package or cloned.
 */
export function answerToOwnName(): void {
  const suffix = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const urls = new Map(
    Object.entries(OWN_NAMES).map(([name, path]) => [name, new URL(`${path}${suffix}`, import.meta.url).href]),
  );
  registerHooks({
    resolve: (specifier, context, next) => {
      const url = urls.get(specifier);
      return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
    },
  });
}
