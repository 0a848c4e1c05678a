import type { PageElement, PageEvent } from './dom.ts';
import type { Timeline } from './timeline.ts';

/** How far a key goes in a picture, in rows. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/**
 * What the keyboard does in a picture: arrow keys go from row to row, Enter and space open the headers of one, Escape
 * closes them and goes back to it.
 */
export function keyPressed(event: PageEvent, timelineOf: (owner: PageElement) => Promise<Timeline | undefined>): void {
  const { target, key = '' } = event;
  const owner = target?.closest('details.case');
  if (!target || !owner) return;
  const row = target.closest('.row');
  if (key === 'Escape' && target.closest('.beside')) {
    void timelineOf(owner).then((timeline) => timeline?.close());
    return;
  }
  const step = STEPS[key];
  const opens = key === 'Enter' || key === ' ';
  if (!row || (step === undefined && !opens)) return;
  event.preventDefault();
  const seq = Number(row.dataset['seq']);
  void timelineOf(owner).then((timeline) => {
    if (!timeline) return;
    if (opens) {
      timeline.show(seq);
      timeline.focusPanel();
      return;
    }
    const next = timeline.after(seq, step ?? 0);
    if (next === undefined) return;
    if (timeline.isShowing) timeline.show(next);
    timeline.focus(next);
  });
}
