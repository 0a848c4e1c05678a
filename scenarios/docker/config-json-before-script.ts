import { DOCKER_CONFIG_BEFORE_SCRIPT } from '../../harness/kit/index.ts';
import { configJsonScript } from './_config-json-script.ts';

export default configJsonScript({
  id: 'docker/config-json-before-script',
  asks: "Does the page's before_script write the config.json that the page shows?",
  explains:
    "config.toml has the page's `environment`, with NO_PROXY. A job in Docker has the page's two lines as its before_script, prints its $HOME/.docker/config.json, and starts a container with the docker CLI on the engine's socket. The file must be valid JSON with the three values, and the container must have both cases of them. With value=… HTTP_PROXY contains what the lines do not escape. Dollar signs must come through; a quotation mark or a backslash changes the file, and then `check` must have said so beforehand (the docker CLI warns only of what is not JSON).",
  name: 'before_script',
  script: DOCKER_CONFIG_BEFORE_SCRIPT.join('\n'),
  way: { beforeScript: DOCKER_CONFIG_BEFORE_SCRIPT },
  abilities: [],
  unescapes: 'unescapes-script',
});
