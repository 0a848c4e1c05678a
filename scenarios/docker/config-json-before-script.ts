import { configJsonWorld, DOCKER_CONFIG_BEFORE_SCRIPT, dockerNeeds, scenario } from '../../harness/kit/index.ts';
import { judgeInContainer, runInContainer, valueAxis } from './_in-container.ts';

export default scenario({
  id: 'docker/config-json-before-script',
  asks: "Does the page's before_script write the config.json that it means?",
  explains:
    "config.toml has the page's `environment`, with NO_PROXY. A job in Docker has the page's two lines as its before_script, then shows its $HOME/.docker/config.json and has the docker CLI start a container on the engine's socket. The file must be valid JSON with the three values of the variables, and the container must have both cases of them. With value=… the job's HTTP_PROXY has what the lines do not escape: dollar signs are carried; a quotation mark or a backslash makes another file, and then the check of the recipe must have said so beforehand (the docker CLI warns of what is no JSON, and of nothing else).",
  axes: { value: valueAxis },
  needs: () => dockerNeeds(),
  abilities: () => ['poll', 'docker', 'environment'],
  work: 5_000,
  world: configJsonWorld,
  act: (stage) =>
    runInContainer(stage, DOCKER_CONFIG_BEFORE_SCRIPT.join('\n'), { beforeScript: DOCKER_CONFIG_BEFORE_SCRIPT }),
  judge: judgeInContainer,
  mutants: [
    'never-uses-proxy',
    'proxies-only-job-requests',
    'docker-omits-upper-case',
    'docker-omits-build',
    'unescapes-script',
  ],
  control: { without: 'the before_script', act: (stage) => runInContainer(stage, '', {}) },
});
