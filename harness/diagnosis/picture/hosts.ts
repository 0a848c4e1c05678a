import { isIP } from 'node:net';

/** Hosts of the open internet that customers' files and logs name, and all below them. */
const PUBLIC =
  /(?:^|\.)(?:gitlab\.com|github\.com|githubusercontent\.com|docker\.(?:io|com)|quay\.io|gcr\.io|ghcr\.io|googleapis\.com|google\.com|amazonaws\.com|azure\.com|windows\.net|npmjs\.org|yarnpkg\.com|pypi\.org|pythonhosted\.org|debian\.org|ubuntu\.com|alpinelinux\.org|maven\.org|apache\.org|gradle\.org|golang\.org|k8s\.io|microsoft\.com|cloudflare\.com|cloudfront\.net|rubygems\.org|packagist\.org|letsencrypt\.org)$/i;

const PRIVATE =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|127\.|f[cd])/i;

export const isPublic = (host: string): boolean => PUBLIC.test(host);
export const isPrivateAddress = (host: string): boolean => isIP(host) !== 0 && PRIVATE.test(host);

/** The domain that hosts of one owner share: the last two labels, or three below such as `co.uk`. */
export function domainOf(host: string): string | undefined {
  if (isIP(host) !== 0) return undefined;
  const labels = host
    .toLowerCase()
    .replace(/^\*?\.|\.$/g, '')
    .split('.');
  if (labels.length < 2) return undefined;
  return labels.slice(/^(?:co|com|org|net|ac|gov)$/.test(labels.at(-2) ?? '') ? -3 : -2).join('.');
}
