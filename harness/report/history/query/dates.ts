/**
 * Says whether a moment is on a day, a month or a year, or after it (`since`) or before it (`until`), in UTC.
 * @param value `2026-01-31`, `2026-01` or `2026`
 * @returns undefined for what is no date
 */
export function dateTest(which: 'since' | 'until', value: string): ((moment: string) => boolean) | undefined {
  const [whole, year, month = '01', day = '01'] = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(value) ?? [];
  const start = `${year}-${month}-${day}`;
  if (whole === undefined || new Date(`${start}T00:00:00Z`).toJSON()?.slice(0, 10) !== start) return undefined;
  // Moments are written as ISO 8601 in UTC, so their order is that of their texts.
  return which === 'since' ? (moment) => moment >= start : (moment) => moment.slice(0, value.length) <= value;
}
