/** What may be wrong with a certificate: who signed it, whom it is for, or when it is good. */
export const WRONG_CERTIFICATES = ['other-authority', 'other-name', 'expired'] as const;
/** What is wrong with a certificate. */
export type WrongCertificate = (typeof WRONG_CERTIFICATES)[number];

/** A name that no peer has. */
export const OTHER_NAME = 'other.test';
