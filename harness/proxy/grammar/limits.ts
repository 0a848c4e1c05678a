/** The most that a relay takes of a message before it refuses it, in bytes unless it says otherwise. */
export const LIMITS = {
  /** A head, its empty line included: squid's own limit. */
  head: 64 * 1024,
  /** A line of a head or of the trailers. */
  line: 32 * 1024,
  /** How many fields a head has, or the trailers. */
  fields: 500,
  /** A line that says how long a chunk is, its extensions included. */
  chunkLine: 4 * 1024,
  trailers: 16 * 1024,
} as const;
