/** Debian with Node and npm, and what the launcher needs to get the rest. */
export const DEFAULT_IMAGE = 'node:24-bookworm';

const NAME = '--in-docker';

/**
 * Gives a bare `--in-docker` its image. Its value stands behind an equals sign or nowhere: the word that follows it is
 * a pattern, which the parser would take for the image.
 */
export function withImage(args: readonly string[]): string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.map((each, index) => (each === NAME && index < end ? `${NAME}=${DEFAULT_IMAGE}` : each));
}

/** Whether a word of a command line is the option. */
export const isInDocker = (word: string): boolean => word === NAME || word.startsWith(`${NAME}=`);
