import { type Bundle, textOf } from '../diagnosis/index.ts';
import type { Terminal } from './exit.ts';
import { hasColour } from './has-colour.ts';

/** How what is said of a bundle is shown on a terminal: its width, colours, and the lines of the files. */
export function looks(terminal: Terminal, { files }: Bundle) {
  const known = new Map<string, readonly string[] | undefined>();
  return {
    width: terminal.stdout.columns ?? 100,
    colour: hasColour(terminal),
    linesOf: (file: string): readonly string[] | undefined => {
      if (!known.has(file)) {
        const bytes = files.find(({ name }) => name === file)?.bytes;
        known.set(file, bytes && textOf(bytes)?.split(/\r?\n/));
      }
      return known.get(file);
    },
  };
}
