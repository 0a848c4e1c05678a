import { runOptions } from './run-options.ts';
import { verb } from './verb.ts';

/** `proxyproof run`. */
export const run = verb({
  options: runOptions,
  examples: [
    'run',
    "run 'rate-limit/*' --runner 17.11.4 --profile 14.10",
    "run 'polling/through-proxy[proxy=squid]' --runner out/binaries --keep",
    'run --in-docker --runner 17.11.4',
  ],
  act: async (invocation) => {
    const { inDocker, ...options } = invocation.options;
    if (inDocker !== undefined) {
      const { runInDocker } = await import('./in-docker/in-docker.ts');
      return runInDocker(invocation, { ...options, inDocker });
    }
    const { carryOut } = await import('./carry-out.ts');
    return carryOut(invocation);
  },
});
