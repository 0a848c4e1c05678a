/** A number and what it is of: `1 job request`, `3 job requests`, `1 retry`. @param plural ends in `s` or `ies` */
export const counted = (count: number, plural: string): string =>
  `${count} ${count === 1 ? plural.replace(/ies$/, 'y').replace(/s$/, '') : plural}`;
