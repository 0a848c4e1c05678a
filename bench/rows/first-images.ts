import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImages, ImageStore } from '../../harness/containers/index.ts';
import type { Row } from '../row.ts';

const MOST_MINUTES = 4;

export const firstImages: Row = {
  name: 'first-images',
  what: 'first image build without a registry',
  target: `≤ ${MOST_MINUTES} min`,
  measure: async ({ say }) => {
    const dir = await mkdtemp(join(tmpdir(), 'proxyproof-bench-images-'));
    try {
      const said: string[] = [];
      const began = performance.now();
      await buildImages(await ImageStore.open(dir), {
        say: (line) => {
          say(line);
          said.push(line);
        },
      });
      const minutes = (performance.now() - began) / 60_000;
      return { measured: `${minutes.toFixed(1)} min`, reached: minutes <= MOST_MINUTES, notes: [said.join('; ')] };
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  },
};
