import type { DateFormat } from '../plan.ts';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Minutes east of Greenwich of the `numeric-zone` spelling: not zero, so that ignoring the zone shows. */
const ZONE_MINUTES = 120;

/**
 * Spells a moment. The first, fourth and fifth forms are those of RFC 9110, section 5.6.7.
 * @param moment milliseconds since the epoch; parts of a second are dropped
 */
export function formatDate(moment: number, format: DateFormat): string {
  switch (format) {
    case 'rfc1123':
      return rfc1123(moment, 'GMT');
    case 'rfc1123-utc':
      return rfc1123(moment, 'UTC');
    case 'numeric-zone':
      return rfc1123(moment + ZONE_MINUTES * 60_000, '+0200');
    case 'rfc850': {
      const { weekday, day, month, year, time } = partsOf(moment);
      return `${weekday}, ${pad(day)}-${month}-${pad(year % 100)} ${time} GMT`;
    }
    case 'asctime': {
      const { weekday, day, month, year, time } = partsOf(moment);
      return `${weekday.slice(0, 3)} ${month} ${String(day).padStart(2, ' ')} ${time} ${year}`;
    }
    case 'iso8601':
      return `${new Date(moment).toISOString().slice(0, 19)}Z`;
    case 'epoch':
      return String(Math.floor(moment / 1000));
    case 'padded':
      return `  ${rfc1123(moment, 'GMT')}  `;
  }
}

/**
 * The moment a literal header value names: an HTTP date in any of the three forms, with GMT, UTC or a numeric zone, or
 * an ISO 8601 date with a zone. Anything else names none.
 * @returns milliseconds since the epoch
 */
export function momentOf(literal: string): number | undefined {
  const text = literal.trim();
  const http = /^[A-Z][a-z]+,? [\d\w -]+ \d\d:\d\d:\d\d (GMT|UTC|[+-]\d{4})$/.test(text);
  const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text);
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text);
  if (!http && !asctime && !iso) return undefined;
  const moment = Date.parse(asctime ? `${text} GMT` : text);
  return Number.isNaN(moment) ? undefined : moment;
}

function rfc1123(moment: number, zone: string): string {
  const { weekday, day, month, year, time } = partsOf(moment);
  return `${weekday.slice(0, 3)}, ${pad(day)} ${month} ${year} ${time} ${zone}`;
}

function partsOf(moment: number) {
  const date = new Date(moment);
  return {
    weekday: WEEKDAYS[date.getUTCDay()] ?? '',
    day: date.getUTCDate(),
    month: MONTHS[date.getUTCMonth()] ?? '',
    year: date.getUTCFullYear(),
    time: date.toISOString().slice(11, 19),
  };
}

const pad = (value: number): string => String(value).padStart(2, '0');
