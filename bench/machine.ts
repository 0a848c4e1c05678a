import { cpus, totalmem } from 'node:os';

/** The machine's size, as the numbers have to be read with it. */
export function machine(): string {
  const cores = cpus();
  const model = cores[0]?.model.trim() || 'an unknown CPU';
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  return `${cores.length} cores (${model}), ${memory} GiB of memory, ${process.platform}, Node ${process.versions.node}`;
}
