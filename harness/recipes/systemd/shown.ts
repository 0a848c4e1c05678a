import { splitWords } from './words.ts';

/** The page's command that shows what systemd has loaded. */
export const showEnvironment = (service: string): string[] => ['systemctl', 'show', '--property=Environment', service];

/**
 * The variables of `systemctl show --property=Environment`; words with special characters come quoted, and a value's
 * dollar signs and backslashes escaped.
 */
export function readShown(output: string): ReadonlyMap<string, string> {
  const line = output.split('\n').find((each) => each.startsWith('Environment=')) ?? '';
  const split = splitWords(line.slice('Environment='.length).replaceAll('\\$', '$').replaceAll('\\`', '`'));
  const words = 'words' in split ? split.words : [];
  return new Map(
    words.map((word) => {
      const equals = word.indexOf('=');
      return [word.slice(0, equals), word.slice(equals + 1)];
    }),
  );
}
