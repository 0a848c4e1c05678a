/** The least time between two drawings, in milliseconds: faster than that nobody reads. */
const APART_MS = 120;

/**
 * Puts many wishes to draw into one drawing, made when the browser draws its next frame.
 * @param atFrame asks the browser for it
 */
export function coalesced(draw: () => void, atFrame: (draw: () => void) => void, apartMs = APART_MS): () => void {
  let isPlanned = false;
  let last = Number.NEGATIVE_INFINITY;
  const now = (): void => {
    isPlanned = false;
    last = performance.now();
    draw();
  };
  return () => {
    if (isPlanned) return;
    isPlanned = true;
    const wait = last + apartMs - performance.now();
    if (wait <= 0) atFrame(now);
    else setTimeout(() => atFrame(now), wait);
  };
}
