import type { RedactedJson } from './redacted-json.ts';

/**
 * An event as it was seen, not yet redacted. To keep one costs next to nothing; the work is done when the event is read
 * or written, and what peers say over and over is then done once.
 */
export abstract class RawEvent {
  /** Its fields as JSON without the braces around them, redacted. */
  abstract fields(json: RedactedJson): string;
}
