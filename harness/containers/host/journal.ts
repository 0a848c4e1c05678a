import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import type { Ledger } from '../../ledger/index.ts';
import { messageOf } from './message-of.ts';

/** Units whose messages are recorded, and whether they are the subject's. */
const UNITS: Readonly<Record<string, 'subject' | 'harness'>> = {
  'gitlab-runner.service': 'subject',
  'docker.service': 'harness',
  'cntlm.service': 'harness',
};

/** How much of a line is recorded, in characters. */
const LINE_LENGTH = 2_000;

interface Entry {
  /** Bytes where it has others than printable ones: colours, such as runners log with. */
  readonly MESSAGE?: string | readonly number[];
  /** The unit whose process said it. */
  readonly _SYSTEMD_UNIT?: string;
  /** The unit that systemd itself speaks of. */
  readonly UNIT?: string;
  readonly __CURSOR: string;
}

/** Follows a machine's journal and records what its services say, from each one's first word on. */
export class Journal {
  readonly #docker: Docker;
  readonly #container: Docker.Container;
  readonly #ledger: Ledger;
  #cursor: string | undefined;

  constructor(docker: Docker, container: Docker.Container, ledger: Ledger) {
    this.#docker = docker;
    this.#container = container;
    this.#ledger = ledger;
  }

  /** Begins, or goes on where it was when the machine went down. */
  async follow(): Promise<void> {
    const units = Object.keys(UNITS).flatMap((unit) => ['--unit', unit]);
    const from = this.#cursor === undefined ? ['--lines', 'all'] : ['--after-cursor', this.#cursor];
    const exec = await this.#container.exec({
      Cmd: ['journalctl', '--follow', '--output', 'json', '--quiet', ...units, ...from],
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream = await exec.start({ hijack: true });
    const lines = new PassThrough();
    // Ends with the machine: whatever comes of the connection then is no news.
    stream.on('error', () => {});
    stream.on('end', () => lines.end());
    createInterface({ input: lines }).on('line', (line) => this.#record(line));
    this.#docker.modem.demuxStream(stream, lines, new PassThrough().resume());
  }

  #record(text: string): void {
    const entry = parsed(text);
    if (!entry) return;
    this.#cursor = entry.__CURSOR;
    const unit = entry.UNIT ?? entry._SYSTEMD_UNIT ?? '';
    const peer = UNITS[unit] ?? 'harness';
    const message = messageOf(entry.MESSAGE);
    if (message === undefined) return;
    const line = this.#ledger.secrets.redact(message).slice(0, LINE_LENGTH);
    this.#ledger.record(peer, { kind: 'log', process: unit, stream: 'stderr', line, ...fieldsOf(line) });
  }
}

/** An entry; undefined for the beginning of one that the machine's end cut off, which comes again when it is up. */
function parsed(text: string): Entry | undefined {
  try {
    return JSON.parse(text) as Entry;
  } catch {
    return undefined;
  }
}

/** The plain fields of a line that is a JSON object, as runners log. */
function fieldsOf(line: string): { fields?: Record<string, string | number | boolean> } {
  if (!line.startsWith('{') || !line.endsWith('}')) return {};
  try {
    const plain = Object.entries(JSON.parse(line) as object).filter(([, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value),
    );
    return { fields: Object.fromEntries(plain) };
  } catch {
    return {};
  }
}
