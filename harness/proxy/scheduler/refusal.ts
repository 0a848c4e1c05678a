import type { FaultAnswer } from './moments.ts';

/** A refusal that ends with the connection, as those of a proxy's rules do. */
export const refusal = (status: number, text: string): FaultAnswer => ({
  status,
  body: { framing: 'length', text },
  close: true,
});
