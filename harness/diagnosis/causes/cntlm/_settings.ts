import type { CntlmDocument } from '../../documents/document.ts';
import type { Picture } from '../../picture/picture.ts';

export { placeOf } from '../_editing.ts';

/** The settings of one name in every cntlm.conf. */
export const eachSetting = (picture: Picture, key: string): readonly CntlmDocument['settings'][number][] =>
  picture.all('cntlm').flatMap(({ settings }) => settings.filter((each) => each.key === key));

/** The value that counts: of several the first. */
export const settingOf = ({ settings }: CntlmDocument, key: string): string | undefined =>
  settings.find((each) => each.key === key)?.value;
