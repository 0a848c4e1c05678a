/** A number and what it is of: `1 job request`, `3 job requests`. @param plural ends in the `s` that one lacks */
export const counted = (count: number, plural: string): string =>
  `${count} ${count === 1 ? plural.replace(/s$/, '') : plural}`;
