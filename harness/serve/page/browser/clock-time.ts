const two = (value: number): string => String(value).padStart(2, '0');

/** Spells moments of the lab as a clock on the wall shows them, so that they can be compared with a client's own log. */
export class ClockTime {
  readonly #start: number;

  /** @param startedAt when the lab was stood up, in ISO 8601 */
  constructor(startedAt: string) {
    const start = Date.parse(startedAt);
    this.#start = Number.isNaN(start) ? 0 : start;
  }

  /** `14:03:22.5`. @param ms since the lab was stood up */
  short = (ms: number): string => this.whole(ms).slice(0, -2);

  /** `14:03:22.512`. */
  whole = (ms: number): string => {
    const at = new Date(this.#start + ms);
    const seconds = `${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
    return `${two(at.getHours())}:${two(at.getMinutes())}:${seconds}`;
  };

  /** `2026-03-02 14:03:22`: a lab may be up for days. */
  day = (ms: number): string => {
    const at = new Date(this.#start + ms);
    return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${this.whole(ms).slice(0, -4)}`;
  };
}
