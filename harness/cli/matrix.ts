import { verb } from './verb.ts';
import { matrixOptions } from './versions/matrix-options.ts';

/** `proxyproof matrix`. */
export const matrix = verb({
  options: matrixOptions,
  examples: [
    "matrix 14.10.1 17.11.4 18.11.4 --profile each --globs 'rate-limit/*' --report matrix/",
    'matrix 17.10.0..latest --binaries out/binaries',
    "matrix 'runs/*/'",
  ],
  act: async (invocation) => {
    const { makeMatrix } = await import('./versions/make-matrix.ts');
    return makeMatrix(invocation);
  },
});
