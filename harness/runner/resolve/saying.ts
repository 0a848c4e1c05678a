import type { Probe } from '../../process/index.ts';

/** What a program answered, as half a sentence: `says “git version 2.39.5”`. */
export function saying(answer: Probe): string {
  const line = `${answer.stdout}\n${answer.stderr}`.split('\n').find((each) => each.trim() !== '');
  const words = line ? `says “${line.trim().slice(0, 120)}”` : 'says nothing';
  return answer.code === 0 ? words : `${words} and exits with ${answer.code}`;
}
