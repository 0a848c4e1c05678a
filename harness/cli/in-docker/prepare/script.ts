import { PLACE } from '../carried/package-files.ts';

/** The file of the package that installs what runs need; the suite's own image is made with it, too. */
export const PREPARE_FILE = 'docker/suite/prepare';

/** How it ends when an image's package manager could not get what scenarios need. */
export const PACKAGES_MISSING = 69;

/** Installs, and leaves nothing of the package but what was installed: each run brings its own. */
export const PREPARE = `set -e
sh ${PLACE}/${PREPARE_FILE}
cd ${PLACE}
find . -mindepth 1 -maxdepth 1 ! -name node_modules -exec rm -rf {} +
`;
