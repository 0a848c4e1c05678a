import type { z } from 'zod';
import { ProgramError, run } from '../../process/index.ts';
import { type Misfit, misfit } from '../../schema/index.ts';

/** How long a driver may take to answer a verb, in real milliseconds: it only says what is to be done. */
const ANSWER_LIMIT_MS = 10_000;
/** How much it may print, in characters: files of a configuration are in it. */
const MOST_CHARACTERS = 2 ** 20;

/** What a driver is asked. */
export interface DriverQuestion {
  /** The driver's program, absolute. */
  readonly path: string;
  readonly verb: string;
  /** The file with the configuration, for all verbs but `describe`. */
  readonly file?: string;
  readonly cwd?: string;
  /** In real milliseconds; 10 s by default. */
  readonly limitMs?: number;
}

/**
 * Asks a driver, and reads its answer.
 * @throws Error in a sentence, when it fails, hangs, floods, or prints what is no answer to the verb
 */
export async function answerOf<T>(question: DriverQuestion, schema: z.ZodType<T>): Promise<T> {
  const { path, verb, file, cwd, limitMs = ANSWER_LIMIT_MS } = question;
  const text = await run(path, [verb, ...(file === undefined ? [] : [file])], {
    limitMs,
    maxLength: MOST_CHARACTERS,
    name: `The driver ${path}, asked to ${verb},`,
    ...(cwd === undefined ? {} : { cwd }),
  }).then(
    ({ stdout }) => stdout,
    (error: Error) => {
      if (error instanceof ProgramError) throw new Error(`${error.message} docs/drivers.md says what it must answer.`);
      throw error;
    },
  );
  const answer = parsed(text, question);
  const wrong = misfit(schema, answer, 'its answer');
  if (wrong) throw new Error(unfit(question, wrong));
  return schema.parse(answer);
}

function parsed(text: string, { path, verb }: DriverQuestion): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const words = text.trim().slice(0, 120);
    const seen = words === '' ? 'it printed nothing' : `“${words}” (${(error as Error).message.split(',')[0]})`;
    throw new Error(
      `The driver ${path}, asked to ${verb}, must print one JSON object and nothing else, but ${words === '' ? seen : `printed ${seen}`}. ` +
        'What is for people belongs on its standard error.',
    );
  }
}

const unfit = ({ path, verb }: DriverQuestion, { says }: Misfit): string =>
  `The driver ${path}, asked to ${verb}, did not answer as docs/drivers.md says: ${says}.`;
