import { expect, test } from 'vitest';
import { scratch, tool } from './_tool.ts';

test.each([['--build'], ['--export', 'images.tar'], ['--import', 'images.tar']])(
  'images are not removed where %s is asked for, too',
  async (...other) => {
    await using place = await scratch();
    const { code, out, err } = await tool(place.dir, 'images', '--remove', ...other);
    expect(err).toContain('--remove cannot be combined with --build, --export or --import.');
    expect(out).toBe('');
    expect(code).toBe(2);
  },
);
