/** What the table of `Sharing` looks like when it is read. */
export type Table = readonly [values: readonly unknown[], shapes: readonly (readonly string[])[]];

/**
 * Reads a block of the page: Base64 of a deflated JSON text.
 * @throws where the browser has no DecompressionStream: those made before 2023
 */
export async function inflate(base64: string): Promise<unknown> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < bytes.length; index++) bytes[index] = binary.charCodeAt(index);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).json();
}

/** Undoes `Sharing`: what is shared is made once. */
export function unpacker([values, shapes]: Table): (packed: unknown) => unknown {
  const made = new Map<number, unknown>();
  const unpack = (packed: unknown): unknown => {
    if (typeof packed === 'number' && packed < 0) {
      if (!made.has(packed)) made.set(packed, unpack(values[-1 - packed]));
      return made.get(packed);
    }
    if (!Array.isArray(packed)) return packed;
    const [shape, ...items] = packed as [number, ...unknown[]];
    if (shape === -1) return -Number(items[0]);
    if (shape === 0) return items.map(unpack);
    return Object.fromEntries(items.map((each, index) => [shapes[shape - 1]?.[index], unpack(each)]));
  };
  return unpack;
}
