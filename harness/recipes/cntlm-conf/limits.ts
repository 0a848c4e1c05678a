/** The longest value that cntlm 0.92.3 keeps; what is longer is cut, and nothing says so. */
export const LONGEST_VALUE = 49;

/** Of a user and a domain together so much goes into the hash. */
export const LONGEST_ACCOUNT = 64;

/** cntlm sends and hashes bytes, not characters, so only ASCII arrives as it is meant. */
export const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
