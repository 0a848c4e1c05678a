/** Names of HTML's entities for U+00A1 to U+00FF, in order (HTML 4.01, section 24.2.1). */
const LATIN_1 =
  'iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para ' +
  'middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave ' +
  'Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute ' +
  'Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave ' +
  'iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

/** Those for ASCII that HTML 5 has besides, and which writers of HTML use. */
const ASCII: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  num: '#',
  dollar: '$',
  percnt: '%',
  excl: '!',
  sol: '/',
  bsol: '\\',
  colon: ':',
  commat: '@',
  quest: '?',
  equals: '=',
  plus: '+',
};

/** HTML's named entities for ASCII and Latin-1: name to character. */
export const ENTITIES: ReadonlyMap<string, string> = new Map([
  ...LATIN_1.split(' ').map((name, at) => [name, String.fromCharCode(0xa1 + at)] as const),
  ...Object.entries(ASCII),
]);
