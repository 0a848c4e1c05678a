import { expect, it } from 'vitest';
import { reproductionAsText } from '../../harness/report/reproduction/as-text.ts';
import { reproduce } from '../../harness/reproduce/index.ts';
import { resolveSubject } from '../../harness/runner/index.ts';
import { createRunContext, defaultCacheDirectory } from '../../harness/world/index.ts';
import { noDocker } from '../containers/_here.ts';
import { bundle, CONFIG, DROP_IN } from './_bundle.ts';

const cacheDir = defaultCacheDirectory();

it.skipIf(noDocker)(
  "a customer's machine is stood up, fails as it should, and what mends it is proved",
  { timeout: 300_000 },
  async () => {
    const said: string[] = [];
    await using run = await createRunContext({ cacheDir });
    const driver = await resolveSubject('reference', { cacheDir, env: process.env });
    const result = await reproduce({
      bundle: bundle({
        'etc/gitlab-runner/config.toml': CONFIG,
        [DROP_IN]:
          '[Servce]\nEnvironment="HTTP_PROXY=http://proxy.corp.example:8080" "HTTPS_PROXY=http://proxy.corp.example:8080"\n',
        'job.log':
          'Running with gitlab-runner 17.11.4 (cc77edaf)\nERROR: Job failed: failed to pull image "registry.corp.example:5000/tools/alpine:3.20" with specified policies [always]: Error response from daemon: Get "https://registry.corp.example:5000/v2/": dial tcp 198.51.100.24:5000: i/o timeout (manager.go:253:30s)\n',
      }),
      driver,
      run,
      prove: true,
      say: (line) => said.push(line),
    });
    expect(result.trial.failed).toMatchObject({
      step: 'pull',
      failure: { who: 'daemon', kind: 'direct', host: 'registry.corp.example' },
    });
    expect(result.comparison.verdict).toBe('same-symptom');
    expect(result.proof?.proved.map(({ cause }) => cause)).toEqual(['systemd/wrong-section']);
    expect(result.proof?.after.steps.map(({ step }) => step)).toEqual(['services', 'pull', 'poll', 'job']);
    const text = reproductionAsText(result, { width: 100, colour: false });
    expect(text).toContain('Reproduced: the same symptom. A remedy is proved.');
    expect(text).toContain('  -[Servce]\n  +[Service]\n');
    expect(`${text}${said.join('\n')}${JSON.stringify(result.events)}`).not.toContain('glrt-secret');
  },
);
