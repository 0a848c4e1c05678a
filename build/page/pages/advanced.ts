import type { CoveredPage } from '../coverage.ts';

/** Of the page about config.toml only what is about the runner's own certificate. */
export const advanced: CoveredPage = {
  title: 'Advanced configuration',
  paths: ['docs/configuration/advanced-configuration.md'],
  whole: false,
  sections: [
    {
      headings: ['The [[runners]] section'],
      sentences: [
        { says: 'the certificate to authenticate with the peer', by: ['tls/client-certificate', 'tls/mutual'] },
        { says: 'the private key to authenticate with the peer', by: ['tls/client-certificate', 'tls/mutual'] },
      ],
    },
  ],
};
