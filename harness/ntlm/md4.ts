const PADDED_TO = 64;

/** The amounts by which each round rotates, and in which order it takes the words of a block (RFC 1320 section 3.4). */
const ROUNDS = [
  { rotations: [3, 7, 11, 19], order: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], constant: 0 },
  { rotations: [3, 5, 9, 13], order: [0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15], constant: 0x5a827999 },
  { rotations: [3, 9, 11, 15], order: [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15], constant: 0x6ed9eba1 },
] as const;

const MIXES: readonly ((x: number, y: number, z: number) => number)[] = [
  (x, y, z) => (x & y) | (~x & z),
  (x, y, z) => (x & y) | (x & z) | (y & z),
  (x, y, z) => x ^ y ^ z,
];

/**
 * The MD4 message digest (RFC 1320), which NTLM's password hash is made of. OpenSSL 3 keeps it in its legacy provider,
 * which Node does not load. Nothing but NTLM should use it: it is broken.
 */
export function md4(message: Uint8Array): Buffer {
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]);
  const padded = pad(message);
  for (let at = 0; at < padded.length; at += PADDED_TO) digestBlock(state, padded.subarray(at, at + PADDED_TO));
  const digest = Buffer.alloc(16);
  for (const [index, word] of state.entries()) digest.writeInt32LE(word, index * 4);
  return digest;
}

function pad(message: Uint8Array): Buffer {
  const padded = Buffer.alloc(Math.ceil((message.length + 9) / PADDED_TO) * PADDED_TO);
  padded.set(message);
  padded[message.length] = 0x80;
  padded.writeBigUInt64LE(BigInt(message.length) * 8n, padded.length - 8);
  return padded;
}

function digestBlock(state: Int32Array, block: Buffer): void {
  let [a = 0, b = 0, c = 0, d = 0] = state;
  ROUNDS.forEach(({ rotations, order, constant }, round) => {
    const mix = MIXES[round];
    order.forEach((word, step) => {
      const sum = (a + (mix?.(b, c, d) ?? 0) + block.readInt32LE(word * 4) + constant) | 0;
      const by = rotations[step % 4] ?? 0;
      [a, b, c, d] = [d, (sum << by) | (sum >>> (32 - by)), b, c];
    });
  });
  [a, b, c, d].forEach((word, index) => {
    state[index] = (state[index] ?? 0) + word;
  });
}
