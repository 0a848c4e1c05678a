import type { FaultAnswer } from '../scheduler/moments.ts';
import type { OwnAnswer } from './own-answer.ts';

/** What a backend's own refusals look like. */
export interface AnswerStyle {
  /** Whether its answers leave the connection open when nobody says. */
  readonly keepsOpen: boolean;
  /** What goes with a 407. */
  challenge(): readonly (readonly [string, string])[];
}

/** A fault's answer as a backend gives it. */
export function inStyle({ headers = [], close, ...answer }: FaultAnswer, style: AnswerStyle): OwnAnswer {
  const challenged = headers.some(([name]) => /^proxy-authenticate$/i.test(name));
  return {
    ...answer,
    headers: answer.status === 407 && !challenged ? [...style.challenge(), ...headers] : headers,
    close: close ?? !style.keepsOpen,
  };
}
