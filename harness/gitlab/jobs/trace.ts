import { crc32 } from 'node:zlib';
import { type BodyRecord, bodyRecord } from '../../ledger/index.ts';

/** How long a trace may get, in bytes; GitLab's own limit is lower by default (4 MiB, `output_limit`). */
export const TRACE_LIMIT = 8 * 1024 * 1024;

/** How much of a finished trace goes into the ledger, in bytes: as much as GitLab takes by default. */
const KEPT_TRACE_BYTES = 4 * 1024 * 1024;

/** A job's log as it arrives, part by part. */
export class ReceivedTrace {
  readonly #parts: Buffer[] = [];
  #bytes = 0;
  #crc = 0;

  get bytes(): number {
    return this.#bytes;
  }

  /** The runner's spelling of a checksum: CRC-32 (IEEE) over the whole trace. */
  get checksum(): string {
    return `crc32:${this.#crc.toString(16).padStart(8, '0')}`;
  }

  get text(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }

  /** Appends a part. The caller has checked that it begins where the trace ends, and that it fits. */
  append(part: Buffer): void {
    this.#parts.push(Buffer.from(part));
    this.#bytes += part.length;
    this.#crc = crc32(part, this.#crc);
  }

  record(): BodyRecord {
    return bodyRecord(Buffer.concat(this.#parts), KEPT_TRACE_BYTES);
  }
}
