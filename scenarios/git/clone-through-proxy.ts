import { isInDocker, runGitJobs } from '../../harness/kit/index.ts';
import { cloneScenario } from './_clone-scenario.ts';

export default cloneScenario({
  id: 'git/clone-through-proxy',
  asks: "Does a job's clone go through the proxy when the runner is configured as on the page?",
  explains:
    "The runner's process has HTTP_PROXY and HTTPS_PROXY; its configuration has the page's get-sources hook, which sets git's http.proxy and https.proxy, and the page's `environment` with both spellings of both variables. A job of a project with one commit is run by the shell executor or, with executor=docker, in containers, where the helper container gets the sources. git's requests must arrive at GitLab from the proxy, be on the proxy's record, none may go around it, and the job must succeed.",
  where: (axes) => !isInDocker(axes) || axes['proxy'] === 'basic',
  mutants: [],
  control: {
    without: 'the hook and the variables of the job (its environment has them empty)',
    act: (stage) => runGitJobs(stage, { environment: ['https_proxy=', 'http_proxy=', 'HTTPS_PROXY=', 'HTTP_PROXY='] }),
  },
});
