import type { Assigned } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';
import type { Cause } from '../cause.ts';

const IN_LOG = /refusing to use HTTP_PROXY value in CGI environment/;

export const requestMethodSetCause: Cause = {
  id: 'selection/request-method-set',
  severity: 'error',
  title: "A variable named REQUEST_METHOD makes Go's programs refuse HTTP_PROXY.",
  seen: 'REQUEST_METHOD among the variables of a runner, a job, a service or an env output that has HTTP_PROXY, too; or the words of Go in a log. It means a CGI script to Go, where a client could set HTTP_PROXY.',
  fix: 'Give the variable another name.',
  symptoms: ['refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy'],
  find: (picture) => {
    const set = assignments(picture).filter(({ name }) => name === 'REQUEST_METHOD');
    const line = picture.lines.find(({ text }) => IN_LOG.test(text));
    const hasHttp = picture.settings.some(({ name, value }) => name === 'HTTP_PROXY' && value !== '');
    if (set.length > 0 && (hasHttp || line))
      return set.map(({ file, line: at }) => ({
        file,
        line: at,
        at: 'REQUEST_METHOD',
        says: "With REQUEST_METHOD set Go's programs (docker, gitlab-runner-helper and others) take themselves for CGI scripts, and refuse HTTP_PROXY for http targets.",
        remedy: { says: 'Give the variable another name.' },
      }));
    if (!line) return [];
    return [
      {
        file: line.file,
        line: line.line,
        says: 'A program of Go refuses HTTP_PROXY, because a variable named REQUEST_METHOD makes it take itself for a CGI script.',
        remedy: {
          says: 'Find who sets REQUEST_METHOD (env | grep REQUEST_METHOD), and give that variable another name.',
        },
      },
    ];
  },
};

const assignments = (picture: Picture): readonly Assigned[] => [
  ...picture.runners.flatMap(({ environment, services }) => [
    ...environment,
    ...services.flatMap((each) => each.environment),
  ]),
  ...picture
    .all('ci')
    .flatMap(({ variables, jobs }) => [
      ...variables,
      ...jobs.flatMap((job) => [...job.variables, ...job.services.flatMap((each) => each.variables)]),
    ]),
  ...picture.all('unit').flatMap((unit) => unit.assignments),
  ...picture.all('env-file').flatMap((file) => file.assignments),
];
