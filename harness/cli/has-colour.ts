import type { Terminal } from './exit.ts';

/** Whether a verb may print in colour (no-color.org). */
export const hasColour = ({ stdout, env }: Terminal): boolean => stdout.isTTY === true && !env['NO_COLOR'];
