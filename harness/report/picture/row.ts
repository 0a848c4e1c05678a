import type { Lifeline } from './lifeline.ts';

export type Tone = 'plain' | 'good' | 'limit' | 'bad' | 'quiet';

/** A request or an answer on its way from one lifeline to another. */
export interface ArrowRow {
  readonly kind: 'arrow';
  readonly seq: number;
  readonly t: number;
  readonly from: Lifeline;
  readonly to: Lifeline;
  readonly label: string;
  readonly tone: Tone;
  readonly answer: boolean;
  /** What makes two requests the same: method and path; also on their answers. */
  readonly key: string;
  /** Names request and answer on their peer. */
  readonly exchange: string;
  /** The status, on answers. */
  readonly status?: number;
}

/** A remark at one lifeline, or (`harness`) across all of them. */
export interface NoteRow {
  readonly kind: 'note';
  readonly seq: number;
  readonly t: number;
  readonly at: Lifeline | 'harness';
  readonly label: string;
  readonly tone: Tone;
  /** The case begins or ends: time is measured from here as from an arrow. */
  readonly edge?: true;
}

/** A moment that an answer named: the stated end of a rate limit. */
export interface MarkRow {
  readonly kind: 'mark';
  readonly seq: number;
  readonly t: number;
  readonly label: string;
}

export type Row = ArrowRow | NoteRow | MarkRow;
