import type { JobServiceSpec, JobSpec } from '../gitlab/spec.ts';
import {
  type CiNode,
  type CiService,
  ciImage,
  ciServices,
  ciVariables,
  jobNodes,
  parseCi,
  scriptTexts,
  textsOf,
  under,
} from '../recipes/gitlab-ci/index.ts';

/** A job of a .gitlab-ci.yml as the lab's GitLab can queue it. */
export interface QueueableJob {
  readonly name: string;
  readonly spec: JobSpec;
}

/** What a mock GitLab, which has no pipelines, does not do with a job. */
const LEFT_OUT = ['rules', 'only', 'except', 'needs', 'dependencies', 'environment', 'trigger', 'parallel', 'retry'];

/**
 * The jobs of a .gitlab-ci.yml. All of them are run, in the order of the file: there are no pipelines here, and no rules.
 * @param repository what they clone
 * @throws RangeError that says why the text is none, or that no job is in it
 */
export function ciJobs(
  text: string,
  repository: string | undefined,
): { readonly jobs: readonly QueueableJob[]; readonly leftOut: readonly string[] } {
  const { top, error } = parseCi(text);
  if (error) throw new RangeError(`This is no .gitlab-ci.yml: line ${error.line}: ${error.why}.`);
  const nodes = jobNodes(top).filter(({ map }) => map.entries.has('script'));
  if (nodes.length === 0) throw new RangeError('No job in this file has a script, so there is nothing to queue.');
  const jobs = nodes.map(({ name, map, inherited }) => {
    const lines = (key: string): readonly string[] | undefined => {
      const own = map.entries.get(key);
      if (!own) return undefined;
      return scriptTexts(top, { ...map, entries: new Map([[key, own]]) }).map(({ text: line }) => line);
    };
    const [before, script, after] = ['before_script', 'script', 'after_script'].map(lines);
    const image = ciImage(under(map, 'image'));
    const paths = textsOf(under(under(map, 'artifacts'), 'paths'));
    const variables = Object.fromEntries([...valuesOf(inherited), ...valuesOf(under(map, 'variables'))]);
    const services = ciServices(under(map, 'services')).map(serviceOf);
    return {
      name,
      spec: {
        script: script ?? [],
        ...(before ? { beforeScript: before } : {}),
        ...(after ? { afterScript: after } : {}),
        ...(image ? { image: image.name } : {}),
        ...(services.length > 0 ? { services } : {}),
        ...(Object.keys(variables).length > 0 ? { variables } : {}),
        ...(paths.length > 0 ? { artifacts: paths } : {}),
        ...(repository === undefined ? {} : { repository }),
      },
    };
  });
  const keys = LEFT_OUT.filter((key) => nodes.some(({ map }) => map.entries.has(key)));
  return {
    jobs,
    leftOut: [
      ...(keys.length > 0
        ? [`Every job is run, once and in the order of the file: ${keys.join(', ')} mean nothing here.`]
        : []),
      ...(top.entries.has('include') ? ['What the file includes is not there: put it into the file.'] : []),
    ],
  };
}

const valuesOf = (node: CiNode | undefined): readonly (readonly [string, string])[] =>
  ciVariables(node).map(({ name, value }) => [name, value]);

const serviceOf = ({ name, alias, command }: CiService): JobServiceSpec => ({
  name,
  ...(alias === undefined ? {} : { alias }),
  ...(command.length > 0 ? { command } : {}),
});
