import type { JobSpec } from '../../../gitlab/spec.ts';

/**
 * The job that a form describes.
 * @param written what stands in its fields: `script`, `image`, `repository`, `variables`
 * @throws Error with a sentence for the reader
 */
export function jobOf(written: (name: string) => string): JobSpec {
  const script = lines(written('script'));
  if (script.length === 0) throw new Error('A job needs a script: write at least one line.');
  const variables = lines(written('variables')).map((line) => {
    const equals = line.indexOf('=');
    if (equals < 1) throw new Error(`Variables are written as NAME=value, one a line. This one is not: ${line}`);
    return [line.slice(0, equals).trim(), line.slice(equals + 1)] as const;
  });
  const image = written('image').trim();
  const repository = written('repository').trim();
  return {
    script,
    ...(image === '' ? {} : { image }),
    ...(repository === '' ? {} : { repository }),
    ...(variables.length === 0 ? {} : { variables: Object.fromEntries(variables) }),
  };
}

const lines = (text: string): string[] => text.split(/\r?\n/).filter((line) => line.trim() !== '');
