import type { Picture } from '../../picture/picture.ts';
import { placeOf, remedy } from '../_editing.ts';
import type { Cause } from '../cause.ts';

const FAILED = /unable to get local issuer certificate/;
const HELPER = /gitlab-runner-helper:[\w.-]*v?17\.9\.0\b|helper[_ ]image.*17\.9\.0\b/;

export const helperWithoutCaCause: Cause = {
  id: 'versions/helper-without-ca',
  severity: 'error',
  title: 'The helper image of 17.9.0 does not trust the CA that it is given.',
  seen: '“unable to get local issuer certificate” while sources are fetched, with the helper of 17.9.0. With 17.8 the same configuration works.',
  fix: 'Use the helper of another version: move the runner on, or set helper_image.',
  symptoms: ['unable to get local issuer certificate'],
  find: (picture) => {
    const failed = picture.lines.find(({ text, of }) => of === 'job' && FAILED.test(text));
    if (!failed || !isAffected(picture)) return [];
    return [
      {
        ...placeOf(failed),
        says: 'The helper image of 17.9.0 does not trust the CA that it is given; 17.8 does with the same configuration.',
        remedy: remedy('Move the runner to 17.9.1 or newer, or set helper_image to another version.'),
      },
    ];
  },
};

/** Where no helper_image says otherwise it has the runner's version. */
function isAffected(picture: Picture): boolean {
  const texts = picture.all('config-toml').map(({ piece }) => piece.text);
  const named = texts.flatMap((text) => /^[ \t]*helper_image[ \t]*=[ \t]*"([^"]*)"/im.exec(text)?.[1] ?? []);
  if (named.length > 0) return named.some((image) => /17\.9\.0\b/.test(image));
  if (picture.lines.some(({ text }) => HELPER.test(text))) return true;
  return (
    picture.version('gitlab-runner')?.version === '17.9.0' ||
    picture.lines.some(({ text }) => /Running with gitlab-runner 17\.9\.0\b/.test(text))
  );
}
