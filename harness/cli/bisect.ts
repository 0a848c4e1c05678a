import { verb } from './verb.ts';
import { bisectOptions } from './versions/bisect-options.ts';

/** `proxyproof bisect`. */
export const bisect = verb({
  options: bisectOptions,
  examples: [
    "bisect 17.9.0 18.3.0 'rate-limit/reset-time-valid[body=json]' --binaries out/binaries --profile 14.10",
    'bisect ./good/gitlab-runner ./between/gitlab-runner ./bad/gitlab-runner polling/authenticates --repeat 5',
  ],
  act: async (invocation) => {
    const { bisectVersions } = await import('./versions/bisect-versions.ts');
    return bisectVersions(invocation);
  },
});
