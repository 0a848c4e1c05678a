import type { AddressesDocument, Reader, SocketsDocument } from './document.ts';

const SS = /^(?:tcp\s+)?LISTEN\s+\d+\s+\d+\s+(\S+):(\d+)\s/;
const NETSTAT = /^tcp6?\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+\s+LISTEN\b/;
const ONE_LINE = /^\d+:\s+([\w.@-]+)\s+inet6?\s+([\da-f.:]+)\/(\d+)/;
const INET = /^\s+inet6?\s+([\da-f.:]+)\/(\d+).*?(?:\s(\S+))?$/;
const HEAD = 64 * 1024;

/** `ss -ltn` or `netstat -ltn`. */
export const socketsReader: Reader = {
  title: 'listening addresses',
  knows: ({ text }) =>
    text
      .slice(0, HEAD)
      .split('\n')
      .some((line) => SS.test(line) || NETSTAT.test(line))
      ? 2
      : 0,
  read: (piece): readonly SocketsDocument[] => [
    {
      kind: 'sockets',
      piece,
      listening: piece.text.split(/\r?\n/).flatMap((line, index) => {
        const [, address = '', port] = SS.exec(line) ?? NETSTAT.exec(line) ?? [];
        if (port === undefined) return [];
        const place = { file: piece.file, line: piece.skipped + index + 1 };
        // A name of an interface may follow, as in 127.0.0.53%lo.
        return [{ ...place, address: address.replace(/%.*$/, '').replace(/^\[|\]$/g, ''), port: Number(port) }];
      }),
    },
  ],
};

/** `ip addr`, with or without `-oneline`. */
export const addressesReader: Reader = {
  title: "the host's addresses",
  knows: ({ text }) => {
    const lines = text.slice(0, HEAD).split('\n');
    if (lines.some((line) => ONE_LINE.test(line))) return 2;
    return /^\d+: \w[\w.@-]*: <[A-Z,_-]+>/m.test(text.slice(0, HEAD)) && lines.some((line) => INET.test(line)) ? 2 : 0;
  },
  read: (piece): readonly AddressesDocument[] => [
    {
      kind: 'addresses',
      piece,
      addresses: piece.text.split(/\r?\n/).flatMap((line, index) => {
        const place = { file: piece.file, line: piece.skipped + index + 1 };
        const [, device, address, bits] = ONE_LINE.exec(line) ?? [];
        if (device !== undefined && address !== undefined) return [{ ...place, device, address, bits: Number(bits) }];
        const [, own, width, last = ''] = INET.exec(line) ?? [];
        return own === undefined ? [] : [{ ...place, device: last, address: own, bits: Number(width) }];
      }),
    },
  ],
};
