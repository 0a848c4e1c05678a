import { printableLines } from '../report/terminal/printable.ts';

/**
 * Writes words to a terminal. Many of them come from elsewhere: a team's scenarios, a customer's files, an error. What in
 * them would act on the terminal is shown instead.
 * @param text whole lines
 */
export function print(stream: Pick<NodeJS.WriteStream, 'write'>, text: string): void {
  stream.write(printableLines(text));
}
