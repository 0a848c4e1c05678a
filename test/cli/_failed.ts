import { expect } from 'vitest';
import type { Done } from './_tool.ts';

/**
 * Expects a run in which the subject failed. Where the run itself says that the machine had too much to do, it must
 * blame nobody: that is an error of the harness.
 */
export function expectFailed({ code, out, err }: Done): void {
  const busy = `${out}${err}`.replaceAll(/\s+/g, ' ').includes('The machine had too much to do');
  expect(code, `${err}${out.slice(-1500)}`).toBe(busy ? 4 : 1);
}
