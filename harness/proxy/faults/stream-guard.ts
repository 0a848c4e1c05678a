import type { Connection } from '../gate/connection.ts';
import type { ActiveFault, EndingKind, Switchboard } from './switchboard.ts';

/** How finely a slow stream is cut: parts a second. */
const SLOW_PARTS_A_SECOND = 10;

/** What a guard watches over. */
export interface GuardedStream {
  readonly connection: Connection;
  readonly direction: 'up' | 'down';
  /** Completes "struck …", such as `in the tunnel to gitlab.test:443`. */
  readonly what: string;
  /** Called once when a request's body is longer than `body-limit` allows. */
  readonly tooLarge?: () => void;
  /** Whether `truncate` applies: the body of a response. */
  readonly truncates?: boolean;
}

/** Where a stream is to stop, and what is to happen there. */
interface Stop {
  readonly left: number;
  readonly strike: () => void;
}

/** Whether a fault has to do with single bytes of bodies or tunnels. */
export function strikesStreams({ fault }: ActiveFault): boolean {
  switch (fault.fault) {
    case 'slow':
    case 'idle-cut':
    case 'truncate':
    case 'body-limit':
      return true;
    case 'reset':
    case 'close':
    case 'hang':
      return typeof fault.when === 'object';
    default:
      return false;
  }
}

/** Lets the bytes of one body, or of one direction of a tunnel, through as the faults of the moment say. */
export class StreamGuard {
  readonly #faults: Switchboard;
  readonly #stream: GuardedStream;
  #passed = 0;
  #ended = false;

  constructor(faults: Switchboard, stream: GuardedStream) {
    this.#faults = faults;
    this.#stream = stream;
  }

  /** Whether a fault has ended the stream: everything that still comes is dropped. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Passes a chunk on, in parts where a fault says so.
   * @param write resolves when the part is out
   */
  async pass(chunk: Buffer, write: (part: Buffer) => Promise<void>): Promise<void> {
    const { connection } = this.#stream;
    connection.touch();
    let rest = chunk;
    while (rest.length > 0 && !this.#ended && !connection.hanging) {
      const stop = this.#nearestStop(rest.length);
      const slow = this.#slowest();
      let size = Math.min(rest.length, stop?.left ?? rest.length);
      if (slow) size = Math.min(size, Math.max(1, Math.floor(slow.fault.bytesPerSecond / SLOW_PARTS_A_SECOND)));
      if (size > 0) {
        await write(rest.subarray(0, size));
        this.#passed += size;
        connection.touch();
      }
      if (stop && size === stop.left) {
        this.#ended = true;
        stop.strike();
        return;
      }
      rest = rest.subarray(size);
      if (slow && !(await connection.wait((size / slow.fault.bytesPerSecond) * 1000))) return;
    }
  }

  #slowest(): ActiveFault<'slow'> | undefined {
    const [slow] = this.#faults.of('slow').toSorted((a, b) => a.fault.bytesPerSecond - b.fault.bytesPerSecond);
    return slow;
  }

  #nearestStop(coming: number): Stop | undefined {
    const stops = [...this.#endings(), ...this.#truncations(coming), ...this.#limits(coming)];
    return stops.filter(({ left }) => left <= coming).toSorted((a, b) => a.left - b.left)[0];
  }

  #endings(): Stop[] {
    const { connection, direction, what } = this.#stream;
    const stops: Stop[] = [];
    for (const active of this.#faults.endings()) {
      const at = byteOf(active, direction);
      if (at === undefined) continue;
      const left = Math.max(0, at - this.#passed);
      stops.push({
        left,
        strike: () => this.#faults.end(active, connection, `after ${this.#passed} bytes ${direction} ${what}`),
      });
    }
    return stops;
  }

  #truncations(coming: number): Stop[] {
    if (!this.#stream.truncates) return [];
    return this.#faults.of('truncate').flatMap((active) => {
      const left = Math.max(0, active.fault.bytes - this.#passed);
      if (left >= coming) return [];
      const strike = (): void => {
        this.#faults.struck(active, `after ${this.#passed} bytes ${this.#stream.what}`);
        this.#stream.connection.cut('close');
      };
      return [{ left, strike }];
    });
  }

  #limits(coming: number): Stop[] {
    const { tooLarge, what } = this.#stream;
    if (!tooLarge) return [];
    return this.#faults.of('body-limit').flatMap((active) => {
      const left = Math.max(0, active.fault.bytes - this.#passed);
      if (left >= coming) return [];
      const strike = (): void => {
        this.#faults.struck(active, `after ${this.#passed} bytes ${what}`);
        tooLarge();
      };
      return [{ left, strike }];
    });
  }
}

function byteOf(active: ActiveFault<EndingKind>, direction: 'up' | 'down'): number | undefined {
  const { when } = active.fault;
  return typeof when === 'object' && when.direction === direction ? when.atByte : undefined;
}
