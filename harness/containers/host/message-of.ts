import { stripVTControlCharacters } from 'node:util';

/**
 * What an entry of a journal says, without the colours that runners log with; undefined where it says nothing. journalctl gives what has
 * others than printable characters as a list of bytes (systemd's Journal Export Formats, "Journal JSON Format").
 */
export function messageOf(message: string | readonly number[] | undefined): string | undefined {
  if (message === undefined || typeof message === 'string') return message;
  return stripVTControlCharacters(Buffer.from(message).toString());
}
