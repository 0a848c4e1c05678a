import { DOCKER_CONFIG_BEFORE_SCRIPT } from '../../harness/kit/index.ts';
import { configJsonScript } from './_config-json-script.ts';

export default configJsonScript({
  id: 'docker/config-json-before-script',
  asks: "Does the page's before_script write the config.json that it means?",
  explains:
    "config.toml has the page's `environment`, with NO_PROXY. A job in Docker has the page's two lines as its before_script, then shows its $HOME/.docker/config.json and has the docker CLI start a container on the engine's socket. The file must be valid JSON with the three values of the variables, and the container must have both cases of them. With value=… the job's HTTP_PROXY has what the lines do not escape: dollar signs are carried; a quotation mark or a backslash makes another file, and then the check of the recipe must have said so beforehand (the docker CLI warns of what is no JSON, and of nothing else).",
  name: 'before_script',
  script: DOCKER_CONFIG_BEFORE_SCRIPT.join('\n'),
  way: { beforeScript: DOCKER_CONFIG_BEFORE_SCRIPT },
  abilities: [],
  unescapes: 'unescapes-script',
});
