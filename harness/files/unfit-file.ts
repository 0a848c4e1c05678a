/** What is at a path is nothing to be read. The message completes "it …", without a full stop. */
export class UnfitFile extends Error {
  override readonly name = 'UnfitFile';
}

/** @param mostBytes how large it may be */
export const tooLarge = (mostBytes: number): UnfitFile =>
  new UnfitFile(`is larger than ${Math.floor(mostBytes / 2 ** 20)} MiB, the most that is read`);
