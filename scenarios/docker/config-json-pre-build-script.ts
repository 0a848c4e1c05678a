import { DOCKER_CONFIG_PRE_BUILD_SCRIPT } from '../../harness/kit/index.ts';
import { configJsonScript } from './_config-json-script.ts';

export default configJsonScript({
  id: 'docker/config-json-pre-build-script',
  asks: "Does the page's pre_build_script write the config.json that the page shows?",
  explains:
    "As docker/config-json-before-script, with the page's line as `pre_build_script` of config.toml instead of the job's before_script: a shell command with JSON in it, inside a TOML string, which makes three levels of quotation marks. The result must be the same file.",
  // What becomes of it is the same command's doing.
  where: ({ value }) => value !== 'escape-sequence',
  name: 'pre_build_script',
  script: DOCKER_CONFIG_PRE_BUILD_SCRIPT,
  way: { config: { preBuildScript: DOCKER_CONFIG_PRE_BUILD_SCRIPT } },
  abilities: ['pre-build-script'],
  unescapes: 'unescapes-pre-build-script',
});
