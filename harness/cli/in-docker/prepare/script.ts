import { PLACE } from '../carried/package-files.ts';

/** How the script ends when an image's package manager could not get what scenarios need. */
export const PACKAGES_MISSING = 69;

/**
 * Installs what runs need, and leaves nothing else behind. The launcher does it, as on any machine; only what npm had
 * installed without a lock file has to be asked for.
 */
export const PREPARE = `set -e
cd ${PLACE}
if [ ! -e package-lock.json ]; then
  echo 'proxyproof: installing the npm packages …' >&2
  npm install --omit=dev --no-package-lock --no-audit --no-fund --loglevel=error >&2
fi
./proxyproof run --dry-run >/dev/null
if [ -z "$PROXYPROOF_NO_INSTALL" ] && ! PATH=$PATH:/usr/sbin command -v dockerd >/dev/null; then exit ${PACKAGES_MISSING}; fi
find . -mindepth 1 -maxdepth 1 ! -name node_modules -exec rm -rf {} +
rm -rf /root/.npm /root/.npmrc /etc/proxyproof /var/lib/apt/lists/*
`;
