import { type Evidence, traceLines } from '../../harness/kit/index.ts';

const WORD = 'proxyproof-has';
const LINE = new RegExp(`^${WORD} (.+) (\\w+)$`);

/**
 * Has the output of a command looked through for proxy variables, each on a line of the trace.
 * @param where words by which they are found again
 */
export const listVariables = (where: string, command: string): string =>
  `${command} | grep -Eio '[a-z]+_proxy=' | sort -u | sed 's/=$//; s/^/${WORD} ${where} /' || true`;

/** The names that were found there. */
export const listedVariables = (evidence: Evidence, where: string): readonly string[] =>
  traceLines(evidence).flatMap((line) => {
    const [, of, name = ''] = LINE.exec(line) ?? [];
    return of === where ? [name] : [];
  });
