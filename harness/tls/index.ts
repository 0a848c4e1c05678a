export { type CertificateAuthority, createCertificateAuthority, type IssuedCertificate } from './authority.ts';
