import type { Assigned } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';

/** Assignments that one program reads together: a later one of the same name replaces an earlier one. */
export interface AssignedTogether {
  readonly of:
    | 'unit'
    | 'environment-file'
    | 'etc-environment'
    | 'shell'
    | 'dump'
    | 'process'
    | 'jobs'
    | 'ci'
    | 'service-container';
  readonly assigned: readonly Assigned[];
  /** The text that they stand in. */
  readonly text: string;
}

/** Every assignment of every file. */
export function assignedTogether(picture: Picture): readonly AssignedTogether[] {
  return [
    ...picture.all('unit').map(({ words, piece }) => ({
      of: 'unit' as const,
      text: piece.text,
      // Names that systemd takes for none are names all the same.
      assigned: words.flatMap(({ text, name, value, file, line }) => {
        const [, said, rest = ''] = /^([A-Za-z_][\w-]*)=(.*)$/s.exec(text) ?? [];
        return said === undefined ? [] : [{ name: said, value: name === undefined ? rest : value, file, line }];
      }),
    })),
    ...picture.all('env-file').map(({ assignments, flavour, piece }) => ({
      of: flavour,
      text: piece.text,
      assigned: assignments,
    })),
    ...picture
      .all('config-toml')
      .flatMap(({ runners, piece: { text } }) =>
        runners.flatMap(({ environment, services }) => [
          { of: 'jobs' as const, text, assigned: environment },
          ...services.map((service) => ({ of: 'service-container' as const, text, assigned: service.environment })),
        ]),
      ),
    ...picture
      .all('ci')
      .flatMap(({ variables, jobs, piece: { text } }) => [
        { of: 'ci' as const, text, assigned: variables },
        ...jobs.map((job) => ({ of: 'ci' as const, text, assigned: job.variables })),
        ...jobs.flatMap(({ services }) =>
          services.map((service) => ({ of: 'service-container' as const, text, assigned: service.variables })),
        ),
      ]),
  ];
}
