/** What the part of an address after `#` says: `#case-9&only=fail,error&find=squid`. */
export interface Address {
  /** The case to open. */
  readonly open?: string;
  /** The outcomes to show; all of them when there is none. */
  readonly only: readonly string[];
  /** The words to search for. */
  readonly find: string;
}

/** Reads the part of an address after `#`, with or without it. */
export function readAddress(hash: string): Address {
  const [first = '', ...rest] = hash.replace(/^#/, '').split('&');
  const isCase = /^case-\d+$/.test(first);
  const filters = new URLSearchParams((isCase ? rest : [first, ...rest]).join('&'));
  return {
    ...(isCase ? { open: first } : {}),
    only: (filters.get('only') ?? '').split(',').filter(Boolean),
    find: filters.get('find') ?? '',
  };
}

/** The part of an address after `#`, with it. */
export function writeAddress({ open, only, find }: Address): string {
  const filters = new URLSearchParams({
    ...(only.length > 0 ? { only: only.join(',') } : {}),
    ...(find === '' ? {} : { find }),
  });
  // A comma may stand there as it is, and is read more easily.
  const written = filters.toString().replaceAll('%2C', ',');
  return `#${[open, written].filter(Boolean).join('&')}`;
}
