import { configJsonWorld, DOCKER_CONFIG_PRE_BUILD_SCRIPT, dockerNeeds, scenario } from '../../harness/kit/index.ts';
import { judgeInContainer, runInContainer, valueAxis } from './_in-container.ts';

export default scenario({
  id: 'docker/config-json-pre-build-script',
  asks: "Does the page's pre_build_script write the config.json that it means?",
  explains:
    "As docker/config-json-before-script, with the page's line as `pre_build_script` of config.toml in place of the job's before_script: a shell command with JSON in it, in a TOML string, which is three levels of quotation marks. The same file must come of it.",
  axes: { value: valueAxis },
  // What becomes of it is the same command's doing.
  where: ({ value }) => value !== 'escape-sequence',
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker', 'environment', 'pre-build-script'],
  work: 5_000,
  world: configJsonWorld,
  act: (stage) =>
    runInContainer(stage, DOCKER_CONFIG_PRE_BUILD_SCRIPT, {
      config: { preBuildScript: DOCKER_CONFIG_PRE_BUILD_SCRIPT },
    }),
  judge: judgeInContainer,
  mutants: [
    'never-uses-proxy',
    'proxies-only-job-requests',
    'docker-omits-upper-case',
    'docker-omits-build',
    'unescapes-pre-build-script',
  ],
  control: { without: 'the pre_build_script', act: (stage) => runInContainer(stage, '', {}) },
});
