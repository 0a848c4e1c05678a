import type { ReadRunner } from '../../recipes/config-toml/read.ts';
import { readConfigToml } from '../../recipes/index.ts';
import type { Bundle } from '../bundle/bundle.ts';
import { textOf } from '../bundle/text-of.ts';
import type { HostCause } from './host-cause.ts';
import type { PageStep } from './page.ts';
import { PAGE_PATHS } from './paths.ts';

type PageFile = keyof typeof PAGE_PATHS;

/** Finds a file of the page's; undefined where it is not there. */
type Look = (file: PageFile) => string | undefined;

/**
 * What the page asks for and the machine has not. A customer's machine may do without each of these, so the catalogue has no such
 * causes: here the page was to be followed.
 */
export function omissions(step: PageStep, bundle: Bundle): readonly HostCause[] {
  const look: Look = (file) => {
    const found = bundle.files.find(({ name }) => `/${name}` === PAGE_PATHS[file]);
    return found && textOf(found.bytes);
  };
  return OMISSIONS[step](look);
}

const OMISSIONS: Readonly<Record<PageStep, (look: Look) => readonly HostCause[]>> = {
  cntlm: (look) => missing(look, 'cntlm', 'Write it as on the page.'),
  docker: (look) => missing(look, 'docker', 'Docker has no proxy: write it as on the page, and restart docker.'),
  runner: (look) => missing(look, 'runner', 'The runner has no proxy: write it as on the page, and restart it.'),
  containers: (look) => [
    ...unless(
      has(look, ({ environment }) => (environment ?? []).length > 0),
      'page/no-environment',
      `${PAGE_PATHS.config} has no environment, so neither the helper nor the job has a proxy: the service's own variables do not reach containers. Add environment and the hook to [[runners]], as on the page.`,
    ),
    ...unless(
      has(look, ({ pre_clone_script, pre_get_sources_script }) => Boolean(pre_clone_script ?? pre_get_sources_script)),
      'page/no-hook',
      `${PAGE_PATHS.config} has no hook (pre_clone_script, from 15.9 on pre_get_sources_script), so nothing but the variables gives git its proxy, and for an http URL it reads http_proxy alone. Add the hook to [[runners]], as on the page.`,
    ),
    ...unless(
      has(look, ({ environment }) => (environment ?? []).some((each) => each.startsWith('http_proxy='))),
      'page/no-lower-case',
      `environment in ${PAGE_PATHS.config} has no http_proxy: for http URLs curl, git and wget read the lower case only. Add the variables in both cases, as on the page.`,
    ),
  ],
  dind: (look) => [
    ...unless(
      has(look, ({ environment }) => (environment ?? []).some((each) => /^no_proxy=.*\bdocker\b/i.test(each))),
      'page/no-dind-host',
      `environment in ${PAGE_PATHS.config} has no NO_PROXY with docker:2375,docker:2376: the docker CLI asks the proxy for the dind service, which cannot know that name. Add "NO_PROXY=docker:2375,docker:2376" and the same as no_proxy.`,
    ),
    ...missing(look, 'dockerConfig', "The machine's docker CLI gives containers no proxy: write it as on the page."),
    ...unless(
      has(look, ({ pre_build_script }) => Boolean(pre_build_script)),
      'page/no-pre-build-script',
      `${PAGE_PATHS.config} has no pre_build_script, so the docker CLI of a job finds no config.json and gives containers no proxy. Add pre_build_script to [[runners]], as on the page, or the same as before_script of the job.`,
    ),
  ],
};

/** Whether some runner of config.toml has something. */
function has(look: Look, what: (runner: ReadRunner) => boolean): boolean {
  const read = readConfigToml(look('config') ?? '');
  return 'config' in read && (read.config.runners ?? []).some(what);
}

const unless = (holds: boolean, id: string, says: string): readonly HostCause[] => (holds ? [] : [{ id, says }]);

const missing = (look: Look, file: PageFile, comes: string): readonly HostCause[] =>
  unless(look(file) !== undefined, 'page/file-missing', `There is no ${PAGE_PATHS[file]}. ${comes}`);
